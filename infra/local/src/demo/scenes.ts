import { accessRequestedV1, accessRevocationRequestedV1 } from '@team/contracts';
import { ask } from '../play/world.ts';
import { forgeries } from './forgeries.ts';
import { codes } from './reasons.ts';
import type { Script } from './script.ts';
import { verified } from './verified.ts';

/** One scene: what it shows, and how it is played. */
export type Scene = readonly [title: string, play: (script: Script) => Promise<void>];

const payments = '836423630756'; // Prod Payments 003
const search = '752297035059'; // Prod Search 004
const devPayments = '248972909258'; // Dev Payments 009
const developer = 'wren.kowalski@acme.example';
const lead = 'emeka.eriksen@acme.example';

/** What is asked for in production, for reading only, and in development, for working. */
const read = { justification: 'look at a slow query' };
const work = { justification: 'roll back release 4711' };

/** The scenes in the order in which they are played. */
export const scenes: readonly Scene[] = [
  ['(a) A pipeline asks for a developer: approved, given, expired, removed', wholeLife],
  ['(b) An approver denies', denied],
  ['(c) Nobody approves their own request', selfApproval],
  ["(d) The management account and TEAM's own account are out of reach", outOfReach],
  ['(e) Two overlapping grants on one assignment: the end of the first leaves it in place', overlap],
  ['(f) Ended early, by the person who has it', endedEarly],
  ['(g) Forged and replayed events assign nothing', forgeries],
  ['(h) The same request delivered three times: one assignment', deliveredThrice],
  ['(i) What the audit trail says', verified],
];

async function wholeLife({ world, carried, assignment, check }: Script): Promise<void> {
  const requestId = world.newId();
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, developer, payments, 'ReadOnlyAccess', read));
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', lead, 'go ahead');
  await world.until('AccessGranted.v1', requestId);
  await assignment(developer, payments, 'ReadOnlyAccess', true);
  const ended = await world.until('AccessEnded.v1', requestId, 120);
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  carried(
    [
      'AccessRequested',
      'AccessRequestAccepted',
      'ApprovalRequested',
      'ApprovalDecisionSubmitted',
      'ApprovalRecorded',
      'AccessApproved',
      'AccessWindowOpened',
      'AccessGranted',
      'AccessExpired',
      'AccessEnded',
    ],
    requestId,
  );
  const { removedAt, credentialsUselessBy } = ended.detail.data;
  check(
    `credentials issued just before live on, and it is said until when: ${String(credentialsUselessBy)}, a session of ReadOnlyAccess (8 hours) after the removal`,
    hoursBetween(removedAt, credentialsUselessBy) === 8,
  );
}

async function denied({ world, carried, assignment }: Script): Promise<void> {
  const requestId = world.newId();
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, developer, payments, 'ReadOnlyAccess', read));
  await world.until('ApprovalRequested.v1', requestId);
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  await world.decide(requestId, 'deny', lead, 'not during the freeze');
  await world.until('AccessDenied.v1', requestId);
  await world.pass(5);
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  carried(['AccessRequested', 'AccessRequestAccepted', 'ApprovalRequested', 'AccessDenied'], requestId);
}

async function selfApproval({ world, say, carried, assignment, check }: Script): Promise<void> {
  const both = 'hana.bianchi@acme.example';
  say('hana.bianchi is in SRE, who may ask for this, and in Production Leads, who approve it for others.');
  const requestId = world.newId();
  await assignment(both, payments, 'ReadOnlyAccess', false);
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, both, payments, 'ReadOnlyAccess', { ...read, ticket: { id: 'OPS-7' } }));
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', both, 'I know what I am doing');
  const refused = await world.until('ApprovalDecisionRefused.v1', requestId);
  await world.pass(5);
  check('the decision does not count: ERR_SELF_APPROVAL', codes(refused).includes('ERR_SELF_APPROVAL'));
  await assignment(both, payments, 'ReadOnlyAccess', false);
  await world.decide(requestId, 'deny', lead, 'not needed');
  await world.until('AccessDenied.v1', requestId);
  await assignment(both, payments, 'ReadOnlyAccess', false);
  carried(['AccessRequested', 'ApprovalRequested', 'ApprovalDecisionRefused', 'AccessDenied'], requestId);
}

async function outOfReach({ world, carried, assignment, check }: Script): Promise<void> {
  const administrator = 'ines.lindqvist34@acme.example';
  const { ManagementAccountId, DelegatedAdministratorAccountId } = world.organization;
  for (const [accountId, code] of [
    [ManagementAccountId, 'ERR_MANAGEMENT_ACCOUNT'],
    [DelegatedAdministratorAccountId, 'ERR_TEAM_ACCOUNT'],
  ] as const) {
    const requestId = world.newId();
    await assignment(administrator, accountId, 'ReadOnlyAccess', false);
    await world.emit('service-desk', accessRequestedV1, ask(requestId, administrator, accountId, 'ReadOnlyAccess', read));
    const rejected = await world.until('AccessRequestRejected.v1', requestId);
    await world.pass(5);
    check(`rejected in words, with code ${code}`, codes(rejected).includes(code));
    await assignment(administrator, accountId, 'ReadOnlyAccess', false);
    carried(['AccessRequested', 'AccessRequestRejected'], requestId);
  }
}

async function overlap({ world, carried, assignment, check, say }: Script): Promise<void> {
  const first = world.newId();
  const second = world.newId();
  await assignment(developer, devPayments, 'PowerUserAccess', false);
  say('The first grant, for 60 minutes:');
  await world.emit('deploy-pipeline', accessRequestedV1, ask(first, developer, devPayments, 'PowerUserAccess', { ...work, durationMinutes: 60 }));
  await world.until('AccessGranted.v1', first);
  await assignment(developer, devPayments, 'PowerUserAccess', true);
  await world.pass(30);
  say('The second, for 90 minutes, half an hour later:');
  await world.emit('deploy-pipeline', accessRequestedV1, ask(second, developer, devPayments, 'PowerUserAccess', { ...work, durationMinutes: 90 }));
  const shared = await world.until('AccessGranted.v1', second);
  check('the second grant shares the assignment of the first', shared.detail.data['how'] === 'shared');
  say('The first ends. Provisioning ends it by its own clock and answers expiry too, so that AccessEnded may come twice:');
  const firstEnd = await world.until('AccessEnded.v1', first, 60);
  await world.pass(30);
  check('the first has ended and its assignment was kept for the other', firstEnd.detail.data['how'] === 'kept_for_other_grant');
  await assignment(developer, devPayments, 'PowerUserAccess', true);
  say('The second ends:');
  const secondEnd = await world.until('AccessEnded.v1', second, 120);
  check('the second has ended and the assignment was deleted', secondEnd.detail.data['how'] === 'deleted');
  await assignment(developer, devPayments, 'PowerUserAccess', false);
  carried(['AccessGranted', 'AccessGranted', 'AccessExpired', 'AccessEnded', 'AccessExpired', 'AccessEnded']);
}

async function endedEarly({ world, carried, assignment }: Script): Promise<void> {
  const requestId = world.newId();
  await assignment(developer, devPayments, 'PowerUserAccess', false);
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, developer, devPayments, 'PowerUserAccess', { ...work, durationMinutes: 480 }));
  await world.until('AccessGranted.v1', requestId);
  await assignment(developer, devPayments, 'PowerUserAccess', true);
  await world.pass(5);
  await world.emit('local-channel', accessRevocationRequestedV1, { requestId, by: developer, reason: 'done early' });
  await world.until('AccessEnded.v1', requestId);
  await assignment(developer, devPayments, 'PowerUserAccess', false);
  carried(['AccessGranted', 'AccessRevocationRequested', 'AccessRevoked', 'AccessEnded'], requestId);
}

async function deliveredThrice({ world, carried, assignment, check }: Script): Promise<void> {
  const requestId = world.newId();
  const eventId = world.newId();
  const intent = ask(requestId, developer, search, 'ReadOnlyAccess', read);
  await assignment(developer, search, 'ReadOnlyAccess', false);
  for (let time = 0; time < 3; time += 1) await world.emit('deploy-pipeline', accessRequestedV1, intent, eventId);
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', lead, 'once');
  await world.until('AccessGranted.v1', requestId);
  await world.pass(1);
  await assignment(developer, search, 'ReadOnlyAccess', true);
  const count = (detailType: string): number => world.events(requestId).filter((event) => event.detailType === detailType).length;
  const once = ['AccessRequestAccepted', 'ApprovalRequested', 'AccessApproved', 'AccessGranted'];
  check(`on the bus once each: ${once.join(', ')}`, once.every((detailType) => count(`${detailType}.v1`) === 1));
  await world.until('AccessEnded.v1', requestId, 120);
  await assignment(developer, search, 'ReadOnlyAccess', false);
  carried(['AccessRequested', 'AccessRequested', 'AccessRequested', 'AccessRequestAccepted', 'AccessGranted', 'AccessEnded'], requestId);
}

const hoursBetween = (from: unknown, to: unknown): number => (Date.parse(String(to)) - Date.parse(String(from))) / 3_600_000;
