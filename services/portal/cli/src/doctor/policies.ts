import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { approverPolicy, eligibilityPolicy, limits, type ApproverPolicy, type EligibilityPolicy, type Limits } from '@team/contracts';
import { resourceNames } from '@team/runtime';
import * as z from 'zod';

/** What is laid down in a deployment. */
export interface Policies {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly approvers: readonly ApproverPolicy[];
  /** Absent where none are laid down. */
  readonly limits?: Limits;
  /** `table: key` of items that no service can read. */
  readonly unreadable: readonly string[];
}

const policyState = z.object({ version: z.int(), policy: z.unknown().optional() });

/** Reads the policies where the services that judge by them keep them: a diagnosis, with the rights of whoever asks. */
export async function readPolicies(documents: DynamoDBDocumentClient, prefix: string): Promise<Policies> {
  const eligibility: EligibilityPolicy[] = [];
  const approvers: ApproverPolicy[] = [];
  const unreadable: string[] = [];
  let laidDown: Limits | undefined;
  const own = { request: ['eligibility', 'limits'], approval: ['approver'] } as const;
  for (const [service, prefixes] of Object.entries(own)) {
    const TableName = resourceNames.table(prefix, service, 'policies');
    for await (const { Items = [] } of paginateScan({ client: documents }, { TableName, ConsistentRead: true })) {
      for (const { pk, state } of Items as Readonly<Record<string, unknown>>[]) {
        const key = String(pk);
        // Each service keeps copies of the other's, and what it needs for changes.
        if (!prefixes.some((one) => key.startsWith(`${one}#`))) continue;
        const stored = policyState.safeParse(state);
        if (stored.success && stored.data.policy === undefined) continue;
        const asEligibility = eligibilityPolicy.safeParse(stored.data?.policy);
        const asApprovers = approverPolicy.safeParse(stored.data?.policy);
        const asLimits = limits.safeParse(stored.data?.policy);
        if (key.startsWith('eligibility#') && asEligibility.success) eligibility.push(asEligibility.data);
        else if (key.startsWith('approver#') && asApprovers.success) approvers.push(asApprovers.data);
        else if (key.startsWith('limits#') && asLimits.success) laidDown = asLimits.data;
        else unreadable.push(`${TableName}: ${key}`);
      }
    }
  }
  return { eligibility, approvers, unreadable, ...(laidDown === undefined ? {} : { limits: laidDown }) };
}
