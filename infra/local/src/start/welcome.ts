import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmitterRegistration } from '@team/contracts';
import type { Organization } from '../identity/index.ts';
import type { LoadedPolicies } from '../policies/index.ts';
import type { LocalMachine } from '../sign-in/index.ts';
import { busName } from '../system/who.ts';
import { usualPort } from './options.ts';

interface Facts {
  readonly organization: Organization;
  readonly policies: LoadedPolicies;
  readonly endpoint: string;
  /** Where the portal is. */
  readonly portal: string;
  /** Programs that may call it, with their secrets. */
  readonly machines: readonly LocalMachine[];
  readonly data: string | undefined;
  /** Folder for the example that the printed AWS command puts on the bus. */
  readonly scratch: string;
  readonly now: number;
  readonly timeScale: number;
  /** Since the process began. */
  readonly milliseconds: number;
}

/** What is printed when the local run is ready: where it is, and three commands that work as they stand. */
export function welcome({ organization, policies, endpoint, portal, machines, data, scratch, now, timeScale, milliseconds }: Facts): string {
  const example = exampleOf(organization, policies);
  // The command line looks at the usual port by itself.
  const team = endpoint.endsWith(`:${usualPort}`) ? 'npx team' : `TEAM_ENDPOINT=${endpoint} npx team`;
  const lines = [
    `TEAM is ready after ${(milliseconds / 1000).toFixed(1)} s.`,
    '',
    `  portal     ${portal}   (open it in a browser; it shows who can sign in${example === undefined ? '' : `, for instance ${example.userName}`})`,
    ...machines.map(({ clientId, secret }) => `  program    ${clientId}:${secret}   (gets tokens at ${portal}/sign-in/token by client credentials)`),
    `  endpoint   ${endpoint}   (AWS APIs; region ${organization.Region})`,
    `  bus        ${busName}`,
    `  data       ${data ?? 'in memory, gone at the end'}`,
    `  time       ${timeScale === 1 ? 'as it passes' : `${timeScale} times as fast`}`,
    `  people     ${organization.Users.length}, accounts ${organization.Accounts.length}; emitters ${policies.emitters.map(({ name }) => name).join(', ')}`,
    '',
    'Try, in another terminal, in the folder of the project:',
    '',
    `  ${team} events`,
    ...(example === undefined ? [] : [`  ${team} ${askCommand(example)}`]),
    ...(example?.emitter === undefined ? [] : [`  ${putEventsCommand(example, example.emitter.name)}`]),
    '',
    'Ctrl-C stops it.',
  ];
  return lines.join('\n');

  function putEventsCommand(asked: Example, emitter: string): string {
    const file = join(scratch, 'ask.json');
    writeFileSync(file, JSON.stringify(entriesOf(asked, now), undefined, 1));
    const identity = `AWS_ACCESS_KEY_ID=${emitter} AWS_SECRET_ACCESS_KEY=any`;
    return `${identity} aws events put-events --region ${organization.Region} --endpoint-url ${endpoint} --entries ${quoted(`file://${file}`)}`;
  }
}

interface Example {
  readonly userName: string;
  readonly accountId: string;
  readonly permissionSet: string;
  readonly durationMinutes: number;
  readonly emitter: { readonly name: string; readonly source: string } | undefined;
}

/** A request that the loaded policies allow, so that the printed commands work with any organization. */
function exampleOf(organization: Organization, policies: LoadedPolicies): Example | undefined {
  const beyondReach = new Set([organization.ManagementAccountId, organization.DelegatedAdministratorAccountId, ...policies.limits.protectedAccountIds]);
  const allowing = policies.eligibility.filter(({ effect, timeWindows, startNoEarlierThanMinutes }) => effect !== 'deny' && timeWindows === undefined && startNoEarlierThanMinutes === undefined);
  const policy = allowing.find(({ approval, ticket }) => approval === 'required' && ticket !== 'required') ?? allowing[0];
  if (policy === undefined) return undefined;
  const parents = new Map(organization.OrganizationalUnits.map(({ Id, ParentId }) => [Id, ParentId]));
  const within = (unit: string | undefined): boolean =>
    unit !== undefined && (policy.targets.organizationalUnitIds.includes(unit) || within(parents.get(unit)));
  const account = organization.Accounts.find(
    ({ Id, Status, ParentId }) => Status === 'ACTIVE' && !beyondReach.has(Id) && (policy.targets.accountIds.includes(Id) || within(ParentId)),
  );
  const members = new Set(
    organization.GroupMemberships.filter(({ GroupId }) => policy.principals.groupIds.includes(GroupId)).map(({ MemberId }) => MemberId.UserId),
  );
  const emitter = policies.emitters.find(({ detailTypes, mayAskFor }) => detailTypes.includes('AccessRequested.v1') && mayAskFor !== undefined);
  const eligible = organization.Users.filter(
    ({ UserId, UserStatus }) => UserStatus === 'ENABLED' && (members.has(UserId) || policy.principals.userIds.includes(UserId)),
  );
  const user = eligible.find(({ UserId }) => mayAskFor(emitter, UserId, organization)) ?? eligible[0];
  const set = organization.PermissionSets.find(({ PermissionSetArn }) => PermissionSetArn === policy.permissionSetArns[0]);
  if (account === undefined || user === undefined || set === undefined) return undefined;
  return {
    userName: user.UserName,
    accountId: account.Id,
    permissionSet: set.Name,
    durationMinutes: Math.min(60, policy.maximumDurationMinutes ?? 60, policies.limits.maximumDurationMinutes),
    emitter,
  };
}

function mayAskFor(emitter: EmitterRegistration | undefined, userId: string, { GroupMemberships }: Organization): boolean {
  const subjects = emitter?.mayAskFor;
  if (subjects === undefined || subjects === 'everyone') return subjects !== undefined;
  const groups = GroupMemberships.filter(({ MemberId }) => MemberId.UserId === userId).map(({ GroupId }) => GroupId);
  return subjects.userIds.includes(userId) || subjects.groupIds.some((id) => groups.includes(id));
}

const askCommand = ({ userName, accountId, permissionSet, durationMinutes }: Example): string =>
  `ask --as ${userName} --account ${accountId} --permission-set ${permissionSet} --minutes ${durationMinutes} --why "look at a slow query"`;

/** As a shell takes it for one word. */
const quoted = (word: string): string => (/^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** Entries for `aws events put-events` in which the example's emitter asks for its person; each time it is made it is another request. */
function entriesOf({ emitter, userName, accountId, permissionSet, durationMinutes }: Example, now: number): object[] {
  const requestId = randomUUID();
  const metadata = { eventId: randomUUID(), requestId, occurredAt: new Date(now).toISOString() };
  const targets = [{ accountId, permissionSetName: permissionSet }];
  // Other than what the command before it asks for, which would be the same thing twice.
  const data = { requestId, requester: userName, targets, durationMinutes: Math.ceil(durationMinutes / 2), justification: 'nightly release' };
  return [{ EventBusName: busName, Source: emitter?.source, DetailType: 'AccessRequested.v1', Detail: JSON.stringify({ metadata, data }) }];
}
