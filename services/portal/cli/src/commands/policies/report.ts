import { accessRequestAcceptedV1, type EligibilityPolicy } from '@team/contracts';
import type { DirectorySnapshot } from '@team/directory';
import type { Names } from '@team/policies';
import { deployment } from '../../cloud/deployment.ts';
import type { Context } from '../../context.ts';
import { exitCodes, type ExitCode } from '../../failure.ts';
import { readNames, type NamesAndPlaces } from '../../policies/files.ts';
import { findingsIn, type PolicyFinding } from '../../policies/findings.ts';
import { accountsInReach } from '../../../../policies/src/ground.ts';
import { eventsSince } from '../../policies/past-requests.ts';
import { readStanding } from '../../policies/standing.ts';
import { csvOf } from '../../print/csv.ts';

export interface ReportOptions {
  readonly days: number;
  readonly json?: true;
}

const dayMs = 86_400_000;

/** `team policies report` */
export async function report(context: Context, what: string, { days: unusedFor, json }: ReportOptions): Promise<ExitCode> {
  const { bus, connection, say } = context;
  const [known, standing] = [await readNames(connection), await readStanding(connection)];
  const { ownAccount } = await bus.describe();
  const inReach = accountsInReach(known.snapshot, ownAccount, standing.limits);
  const print = (rows: readonly Readonly<Record<string, unknown>>[]): void => {
    if (json === true) say(JSON.stringify(rows, undefined, 2));
    else if (rows.length > 0) say(csvOf(rows, true));
  };
  if (what === 'who') print(standing.eligibility.flatMap((policy) => rowsOf(policy, inReach, known.names)));
  else if (what === 'unused') print(await unused(context, standing.eligibility, unusedFor));
  else print((await findings(context, known, standing.eligibility, inReach)).map((finding) => ({ ...finding })));
  return exitCodes.ok;
}

/** A row for each group or person, account in reach and permission set that a policy names. */
function rowsOf(policy: EligibilityPolicy, inReach: DirectorySnapshot['accounts'], names: Names): Readonly<Record<string, unknown>>[] {
  const { policyId, effect = 'allow', principals, targets, permissionSetArns, maximumDurationMinutes = '', approval = '', breakGlass = 'forbidden' } = policy;
  const who = [...principals.groupIds.map((id) => `group ${names.groups.nameOf(id)}`), ...principals.userIds.map((id) => names.users.nameOf(id))];
  const accounts = inReach.filter(({ id, ouPath }) => targets.accountIds.includes(id) || targets.organizationalUnitIds.some((unit) => ouPath.includes(unit)));
  const tags = (targets.accountTags ?? []).map(({ key, values }) => ({ id: '', name: `accounts tagged ${key}${values === undefined ? '' : `=${values.join('|')}`}` }));
  return who.flatMap((principal) =>
    [...accounts, ...tags].flatMap(({ id, name }) =>
      permissionSetArns.map((arn) => ({ policy: policyId, effect, principal, accountId: id, account: name, permissionSet: names.permissionSets.nameOf(arn), maximumDurationMinutes, approval, breakGlass })),
    ),
  );
}

async function unused({ trail, bus }: Context, eligibility: readonly EligibilityPolicy[], unusedFor: number): Promise<Readonly<Record<string, unknown>>[]> {
  const { now, ownAccount } = await bus.describe();
  const used = new Set<string>();
  for await (const { detailType, detail, source, account } of eventsSince(trail, new Date(now - unusedFor * dayMs).toISOString())) {
    if (detailType !== accessRequestAcceptedV1.detailType || source !== 'team.request' || account !== ownAccount) continue;
    for (const { policyId } of accessRequestAcceptedV1.parse(detail).data.grants) used.add(policyId);
  }
  return eligibility.filter(({ policyId, effect }) => effect !== 'deny' && !used.has(policyId)).map(({ policyId }) => ({ policy: policyId, unusedForDays: unusedFor }));
}

async function findings({ connection, bus }: Context, { snapshot }: NamesAndPlaces, eligibility: readonly EligibilityPolicy[], inReach: DirectorySnapshot['accounts']): Promise<readonly PolicyFinding[]> {
  const directory = await connection.directory(deployment.operator);
  const enabled = new Set(snapshot.users.filter((user) => user.enabled).map(({ id }) => id));
  const members = new Map<string, number>();
  for (const id of new Set(eligibility.flatMap(({ principals }) => principals.groupIds))) {
    members.set(id, ((await directory.membersOf(id)) ?? []).filter((userId) => enabled.has(userId)).length);
  }
  return findingsIn(eligibility, inReach, snapshot, members, (await bus.describe()).now);
}
