import {
  DescribePermissionSetCommand,
  paginateListPermissionSets,
  paginateListPermissionSetsProvisionedToAccount,
} from '@aws-sdk/client-sso-admin';
import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { answered, ask, askIfExists, everything } from './ask-aws.ts';
import type { DirectoryPermissionSet } from './directory.ts';
import { inParallel } from './in-parallel.ts';
import { sessionDurationMinutes } from './session-duration.ts';

// All of Identity Center's API shares 20 calls a second, and removals of access need them more than we do.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
const CALLS_AT_A_TIME = 2;

/** Questions to one IAM Identity Center instance. */
export function permissionSetQuestions(client: SSOAdminClient, InstanceArn: string) {
  const listing = { client, pageSize: 100 };

  const describe = async (PermissionSetArn: string): Promise<DirectoryPermissionSet | undefined> => {
    const answer = await askIfExists(`read permission set ${PermissionSetArn}`, () =>
      client.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn })),
    );
    if (answer === undefined) return undefined;
    const { PermissionSet } = answer;
    const name = answered(PermissionSet?.Name, `the name of permission set ${PermissionSetArn}`);
    const duration = answered(PermissionSet?.SessionDuration, `the session duration of permission set ${name}`);
    return { arn: PermissionSetArn, name, sessionDurationMinutes: sessionDurationMinutes(duration, name) };
  };

  return {
    /** All permission sets. Those in `held` are not read again: to find a new one it is enough to read the new ones. */
    async all(held: readonly DirectoryPermissionSet[] = []): Promise<readonly DirectoryPermissionSet[]> {
      const arns = await ask('list the permission sets', () =>
        everything(paginateListPermissionSets(listing, { InstanceArn }), (page) => page.PermissionSets),
      );
      const heldByArn = new Map(held.map((permissionSet) => [permissionSet.arn, permissionSet]));
      const known = await inParallel(CALLS_AT_A_TIME, arns, async (arn) => heldByArn.get(arn) ?? describe(arn));
      return known.filter((permissionSet) => permissionSet !== undefined);
    },

    async provisionedIn(AccountId: string): Promise<ReadonlySet<string>> {
      const arns = await ask(`list the permission sets provisioned in account ${AccountId}`, () =>
        everything(paginateListPermissionSetsProvisionedToAccount(listing, { InstanceArn, AccountId }), (page) => page.PermissionSets),
      );
      return new Set(arns);
    },
  };
}
