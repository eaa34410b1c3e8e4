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

/** The scenes in the order in which they are played. */
export const scenes: readonly Scene[] = [
  ['(a) A pipeline asks for a developer; approved, active, expired, removed', wholeLife],
  ['(b) Denied', denied],
  ['(c) Nobody approves their own request', selfApproval],
  ["(d) The management account and TEAM's own account are out of reach", outOfReach],
  ['(e) Two overlapping grants on one assignment: the first to end leaves it in place', overlap],
  ['(f) Ended early, by the person who has it', endedEarly],
  ['(g) Forged and replayed events assign nothing', forgeries],
  ['(h) The same request delivered three times: one assignment', deliveredThrice],
  ['(i) What the audit trail says', verified],
];

async function wholeLife({ world, timeline, assignment, check }: Script): Promise<void> {
  const requestId = world.newId();
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, developer, payments, 'ReadOnlyAccess'));
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', lead, 'go ahead');
  await world.until('AccessGranted.v1', requestId);
  await assignment(developer, payments, 'ReadOnlyAccess', true);
  const ended = await world.until('AccessEnded.v1', requestId, 120);
  timeline(requestId, [
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
  ]);
  await assignment(developer, payments, 'ReadOnlyAccess', false);
  const { removedAt, credentialsUselessBy } = ended.detail.data;
  check(`it is stated by when the old credentials are useless: ${String(credentialsUselessBy)}`, hoursBetween(removedAt, credentialsUselessBy) === 8);
}

async function denied({ world, timeline, assignment }: Script): Promise<void> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, developer, payments, 'ReadOnlyAccess'));
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'deny', lead, 'not during the freeze');
  await world.until('AccessDenied.v1', requestId);
  timeline(requestId, ['AccessRequested', 'AccessRequestAccepted', 'ApprovalRequested', 'AccessDenied']);
  await assignment(developer, payments, 'ReadOnlyAccess', false);
}

async function selfApproval({ world, timeline, assignment, check }: Script): Promise<void> {
  const both = 'hana.bianchi@acme.example'; // SRE and Production Leads: may ask here, and may approve here
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, both, payments, 'ReadOnlyAccess', { ticket: { id: 'OPS-7' } }));
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', both, 'I know what I am doing');
  const refused = await world.until('ApprovalDecisionRefused.v1', requestId);
  check('the refusal says why: ERR_SELF_APPROVAL', codes(refused).includes('ERR_SELF_APPROVAL'));
  await world.decide(requestId, 'deny', lead);
  await world.until('AccessDenied.v1', requestId);
  timeline(requestId, ['AccessRequested', 'ApprovalRequested', 'ApprovalDecisionRefused', 'AccessDenied']);
  await assignment(both, payments, 'ReadOnlyAccess', false);
}

async function outOfReach({ world, timeline, check }: Script): Promise<void> {
  const { ManagementAccountId, DelegatedAdministratorAccountId } = world.organization;
  for (const [accountId, code] of [
    [ManagementAccountId, 'ERR_MANAGEMENT_ACCOUNT'],
    [DelegatedAdministratorAccountId, 'ERR_TEAM_ACCOUNT'],
  ] as const) {
    const requestId = world.newId();
    await world.emit('service-desk', accessRequestedV1, ask(requestId, 'ines.lindqvist34@acme.example', accountId, 'ReadOnlyAccess'));
    const rejected = await world.until('AccessRequestRejected.v1', requestId);
    check(`rejected in words, with code ${code}`, codes(rejected).includes(code));
    timeline(requestId, ['AccessRequested', 'AccessRequestRejected']);
  }
}

async function overlap({ world, timeline, assignment, check, say }: Script): Promise<void> {
  const first = world.newId();
  const second = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(first, developer, devPayments, 'PowerUserAccess', { durationMinutes: 60 }));
  await world.until('AccessGranted.v1', first);
  await world.pass(30);
  await world.emit('deploy-pipeline', accessRequestedV1, ask(second, developer, devPayments, 'PowerUserAccess', { durationMinutes: 90 }));
  const shared = await world.until('AccessGranted.v1', second);
  check('the second grant shares the assignment of the first', shared.detail.data['how'] === 'shared');
  const firstEnd = await world.until('AccessEnded.v1', first, 60);
  check('the first ends and the assignment is kept for the other', firstEnd.detail.data['how'] === 'kept_for_other_grant');
  await assignment(developer, devPayments, 'PowerUserAccess', true);
  say('… half an hour passes, still inside the second grant');
  await world.pass(30);
  await assignment(developer, devPayments, 'PowerUserAccess', true);
  const secondEnd = await world.until('AccessEnded.v1', second, 120);
  check('the second ends and the assignment is deleted', secondEnd.detail.data['how'] === 'deleted');
  timeline(undefined, ['AccessGranted', 'AccessGranted', 'AccessExpired', 'AccessEnded', 'AccessExpired', 'AccessEnded']);
  await assignment(developer, devPayments, 'PowerUserAccess', false);
}

async function endedEarly({ world, timeline, assignment }: Script): Promise<void> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, developer, devPayments, 'PowerUserAccess', { durationMinutes: 480 }));
  await world.until('AccessGranted.v1', requestId);
  await assignment(developer, devPayments, 'PowerUserAccess', true);
  await world.pass(5);
  await world.emit('local-channel', accessRevocationRequestedV1, { requestId, by: developer, reason: 'done early' });
  await world.until('AccessEnded.v1', requestId);
  timeline(requestId, ['AccessGranted', 'AccessRevocationRequested', 'AccessRevoked', 'AccessEnded']);
  await assignment(developer, devPayments, 'PowerUserAccess', false);
}

async function deliveredThrice({ world, timeline, assignment, check }: Script): Promise<void> {
  const requestId = world.newId();
  const eventId = world.newId();
  const intent = ask(requestId, developer, search, 'ReadOnlyAccess');
  for (let time = 0; time < 3; time += 1) await world.emit('deploy-pipeline', accessRequestedV1, intent, eventId);
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', lead);
  await world.until('AccessGranted.v1', requestId);
  await world.pass(1);
  await assignment(developer, search, 'ReadOnlyAccess', true);
  const granted = world.events(requestId).filter(({ detailType }) => detailType === 'AccessGranted.v1');
  check('there is one AccessGranted', granted.length === 1);
  await world.until('AccessEnded.v1', requestId, 120);
  timeline(requestId, ['AccessRequested', 'AccessRequested', 'AccessRequested', 'AccessRequestAccepted', 'AccessGranted', 'AccessEnded']);
  await assignment(developer, search, 'ReadOnlyAccess', false);
}

const hoursBetween = (from: unknown, to: unknown): number => (Date.parse(String(to)) - Date.parse(String(from))) / 3_600_000;
