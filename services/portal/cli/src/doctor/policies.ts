import { paginateScan, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { approverPolicy, eligibilityPolicy, limits, type ApproverPolicy, type EligibilityPolicy, type Limits } from '@team/contracts';
import { resourceNames } from '@team/runtime';

/** What is laid down in a deployment. */
export interface Policies {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly approvers: readonly ApproverPolicy[];
  /** Absent where none are laid down. */
  readonly limits?: Limits;
  /** `table: key` of items that no service can read. */
  readonly unreadable: readonly string[];
}

/** Reads the policies where the services that judge by them keep them: a diagnosis, with the rights of whoever asks. */
export async function readPolicies(documents: DynamoDBDocumentClient, prefix: string): Promise<Policies> {
  const eligibility: EligibilityPolicy[] = [];
  const approvers: ApproverPolicy[] = [];
  const unreadable: string[] = [];
  let laidDown: Limits | undefined;
  const tables = ['request', 'approval'].map((service) => resourceNames.table(prefix, service, 'policies'));
  for (const TableName of tables) {
    for await (const { Items = [] } of paginateScan({ client: documents }, { TableName, ConsistentRead: true })) {
      for (const { pk, policy, limits: stored } of Items as Readonly<Record<string, unknown>>[]) {
        const key = String(pk);
        const asEligibility = eligibilityPolicy.safeParse(policy);
        const asApprovers = approverPolicy.safeParse(policy);
        const asLimits = limits.safeParse(stored);
        if (key.startsWith('eligibility#') && asEligibility.success) eligibility.push(asEligibility.data);
        else if (key.startsWith('approver#') && asApprovers.success) approvers.push(asApprovers.data);
        else if (key === 'limits' && asLimits.success) laidDown = asLimits.data;
        else unreadable.push(`${TableName}: ${key}`);
      }
    }
  }
  return { eligibility, approvers, unreadable, ...(laidDown === undefined ? {} : { limits: laidDown }) };
}
