import { paginateListAccountAssignments, paginateListAccountsForProvisionedPermissionSet } from '@aws-sdk/client-sso-admin';
import { BatchGetCommand, type BatchGetCommandInput, type BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '@team/runtime';
import * as z from 'zod';
import { counted } from '../../print/printable.ts';
import { NothingToLookAt, type Check, type Examination } from '../examination.ts';
import { ok, warning } from '../finding.ts';

/** An assignment as Identity Center lists it. */
interface Assignment {
  readonly principalType: string;
  readonly principalId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
}

/** State of an assignment that stands because of a grant. */
const owned = z.object({ ownership: z.literal('ours') });
/** So many places are named without `--all`. */
const mostNamed = 5;
/** Most items of one `BatchGetItem`. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const batchSize = 100;

/** Access that nobody has to ask for: assignments that TEAM did not make. */
export const standingAccessCheck: Check = {
  name: 'standing access',
  prerequisite: true,
  async run(examination) {
    const { options, remark } = examination;
    if (options.mostCalls === 0) return [ok(this.name, 'not looked for')];
    remark(`Looking for standing access: up to ${counted(options.mostCalls, 'call')}, ${options.callsPerSecond} a second.`);
    const { assignments, unseen } = await everyAssignment(examination);
    const standing = await withoutOurs(examination, assignments);
    const places = await countedByPlace(examination, standing);
    const rest = unseen === 0 ? '' : ` ${counted(unseen, 'permission set')} or accounts of one were not looked at: --most-calls allows more.`;
    if (standing.length === 0 && unseen === 0) return [ok(this.name, `every assignment is TEAM’s: ${assignments.length}`)];
    const named = options.all === true ? places : places.slice(0, mostNamed);
    const more = places.length > named.length ? `, and ${counted(places.length - named.length, 'more place')} (--all names them)` : '';
    const found = `${counted(standing.length, 'assignment')} of ${assignments.length} not made by TEAM${standing.length === 0 ? '' : `: ${named.join(', ')}${more}`}.${rest}`;
    return [warning(this.name, found, 'take away by hand what people are to ask for; TEAM never deletes what it did not make')];
  },
};

/** Reads until the calls are used up; `unseen` counts what was left then. */
async function everyAssignment(examination: Examination): Promise<{ readonly assignments: readonly Assignment[]; readonly unseen: number }> {
  const { clients: { ssoAdmin: client }, options } = examination;
  const instance = await examination.instance();
  if (instance === undefined) throw new NothingToLookAt('there is no instance of IAM Identity Center to ask');
  const InstanceArn = instance.instanceArn;
  const { permissionSets } = await (await examination.directory()).snapshot();
  const assignments: Assignment[] = [];
  let calls = options.mostCalls;
  let unseen = 0;
  for (const { arn: PermissionSetArn } of permissionSets) {
    if (calls <= 0) {
      unseen += 1;
      continue;
    }
    const accounts: string[] = [];
    for await (const { AccountIds = [] } of paginateListAccountsForProvisionedPermissionSet({ client, pageSize: 100 }, { InstanceArn, PermissionSetArn })) {
      accounts.push(...AccountIds);
      calls -= 1;
    }
    for (const AccountId of accounts) {
      if (calls <= 0) {
        unseen += 1;
        continue;
      }
      for await (const page of paginateListAccountAssignments({ client, pageSize: 100 }, { InstanceArn, AccountId, PermissionSetArn })) {
        calls -= 1;
        for (const { PrincipalId = '', PrincipalType = '' } of page.AccountAssignments ?? []) {
          assignments.push({ principalType: PrincipalType, principalId: PrincipalId, accountId: AccountId, permissionSetArn: PermissionSetArn });
        }
      }
    }
  }
  return { assignments, unseen };
}

/** What provisioning does not hold to be its own. It keeps one item for each assignment that it has ever heard of. */
async function withoutOurs({ clients: { documents }, options }: Examination, assignments: readonly Assignment[]): Promise<readonly Assignment[]> {
  if (options.prerequisites === true) return assignments;
  const table = resourceNames.table(options.prefix, 'provisioning', 'aggregates');
  const keys = assignments.filter(({ principalType }) => principalType === 'USER').map(keyOf);
  const ours = new Set<unknown>();
  for (let start = 0; start < keys.length; start += batchSize) {
    let asked: BatchGetCommandInput['RequestItems'] = {
      [table]: {
        Keys: keys.slice(start, start + batchSize).map((pk) => ({ pk })),
        ProjectionExpression: 'pk, #state.ownership',
        ExpressionAttributeNames: { '#state': 'state' },
      },
    };
    while (asked !== undefined && Object.keys(asked).length > 0) {
      const answer: BatchGetCommandOutput = await documents.send(new BatchGetCommand({ RequestItems: asked }));
      for (const { pk, state } of answer.Responses?.[table] ?? []) if (owned.safeParse(state).success) ours.add(pk);
      asked = answer.UnprocessedKeys;
    }
  }
  return assignments.filter((assignment) => assignment.principalType !== 'USER' || !ours.has(keyOf(assignment)));
}

/** Key of provisioning's item; a test over both services holds this to it. */
const keyOf = ({ principalId, accountId, permissionSetArn }: Assignment): string => ['assignment', principalId.toLowerCase(), accountId, permissionSetArn].join('#');

/** `ReadOnlyAccess in Payments (3)`, most first. */
async function countedByPlace(examination: Examination, assignments: readonly Assignment[]): Promise<string[]> {
  const { permissionSets, accounts } = await (await examination.directory()).snapshot();
  const setNames = new Map(permissionSets.map(({ arn, name }) => [arn, name]));
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]));
  const places = Map.groupBy(assignments, ({ accountId, permissionSetArn }) => `${setNames.get(permissionSetArn) ?? permissionSetArn} in ${accountNames.get(accountId) ?? accountId}`);
  return [...places].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1)).map(([place, all]) => `${place} (${all.length})`);
}
