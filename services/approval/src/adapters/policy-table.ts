import { DeleteCommand, PutCommand, paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { approverPolicy, type ApproverPolicy } from '@team/contracts';
import { OutageError, type Clock } from '@team/runtime';
import type { PolicySource } from '../application/ports.ts';

/** Policies may be this old (ms). */
const maximumAgeMs = 5_000;

const keyOf = ({ policyId }: ApproverPolicy): string => `approver#${policyId}`;

/**
 * The approver policies in a table, one item each. Rejects with `ERR_POLICY_STORED_WRONG` where one cannot be read: none is left out
 * silently. It is an `OutageError`, since no request has a timer before it is judged: its message waits until the policy is put right.
 */
export function policyTable(client: DynamoDBDocumentClient, table: string, clock: Clock): PolicySource {
  let kept: { readonly readAt: number; readonly policies: Promise<readonly ApproverPolicy[]> } | undefined;
  return {
    load() {
      const now = clock();
      if (kept !== undefined && Math.abs(now - kept.readAt) < maximumAgeMs) return kept.policies;
      const read = { readAt: now, policies: readPolicies(client, table) };
      kept = read;
      read.policies.catch(() => {
        if (kept === read) kept = undefined;
      });
      return read.policies;
    },
  };
}

/** Makes the table hold these policies and no others. Nobody ever finds it without a policy that is there before and after. */
export async function replacePolicies(client: DynamoDBDocumentClient, table: string, policies: readonly ApproverPolicy[]): Promise<void> {
  const wanted = new Set(policies.map(keyOf));
  for (const policy of policies) await client.send(new PutCommand({ TableName: table, Item: { pk: keyOf(policy), policy } }));
  for (const { pk } of await readItems(client, table)) {
    if (!wanted.has(String(pk))) await client.send(new DeleteCommand({ TableName: table, Key: { pk } }));
  }
}

async function readPolicies(client: DynamoDBDocumentClient, table: string): Promise<readonly ApproverPolicy[]> {
  return (await readItems(client, table)).map(({ pk, policy }) => {
    const parsed = approverPolicy.safeParse(policy);
    if (parsed.success) return parsed.data;
    throw new OutageError('ERR_POLICY_STORED_WRONG', `${String(pk)} in ${table} is no approver policy; put it right`, {
      cause: parsed.error,
    });
  });
}

async function readItems(client: DynamoDBDocumentClient, table: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) items.push(...Items);
  return items;
}
