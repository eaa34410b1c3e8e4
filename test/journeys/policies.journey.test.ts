import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { accessRequestedV1, approverPolicySubmittedV1, eligibilityPolicySubmittedV1, limitsSubmittedV1, type ApproverPolicy, type EligibilityPolicy } from '@team/contracts';
import { ask, type SeenEvent, type World } from '../../infra/local/src/play/world.ts';
import { codesOf, monday, policies, prodPayments, typesOf, wren } from './worlds.ts';

const ana = 'ana.alvarez@acme.example';
const bo = 'bo.haddad@acme.example';

const named = (policyId: string): EligibilityPolicy => {
  const found = policies.eligibility.find((one) => one.policyId === policyId);
  if (found === undefined) throw new Error(`no policy ${policyId}`);
  return found;
};
const reading = named('developers-read-production');

/** Submits a change of eligibility policy and gives its id. */
async function submit(world: World, policy: EligibilityPolicy, more: { readonly by?: string; readonly expectedVersion?: number; readonly changeId?: string } = {}): Promise<string> {
  const { by = ana, expectedVersion = 1, changeId = world.newId() } = more;
  await world.emit('local-channel', eligibilityPolicySubmittedV1, { changeId, submittedBy: by, policyId: policy.policyId, expectedVersion, policy });
  await world.pass(0.2);
  return changeId;
}

/** Facts about a change, in the order of the bus. */
const about = (world: World, changeId: string): SeenEvent[] => world.events().filter(({ source, detail }) => source !== 'team.local-channel' && detail.data['changeId'] === changeId);

/** What becomes of a request for an hour and a half of reading production. */
async function outcome(world: World, durationMinutes: number): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes }));
  await world.pass(0.2);
  return typesOf(world.events(requestId))[1] ?? 'nothing';
}

describe('a change of policy', () => {
  it('that widens waits for a second administrator, and holds as soon as they agree', async () => {
    const world = await monday();
    const changeId = await submit(world, { ...reading, maximumDurationMinutes: 240 });
    expect(about(world, changeId)).toMatchObject([{ detailType: 'PolicyChangeProposed.v1', detail: { data: { widens: ['it lasts up to 240 minutes instead of 120'] } } }]);
    expect(await outcome(world, 200)).toBe('AccessRequestRejected');

    await world.decideChange(changeId, 'agree', ana);
    await world.pass(0.2);
    expect(about(world, changeId).map((event) => codesOf(event))[1]).toEqual(['ERR_SELF_AGREEMENT']);
    await world.decideChange(changeId, 'agree', wren);
    await world.pass(0.2);
    expect(about(world, changeId).map((event) => codesOf(event))[2]).toEqual(['ERR_NOT_AN_ADMINISTRATOR']);

    await world.decideChange(changeId, 'agree', bo);
    await world.pass(0.2);
    const { before, after, version, changedBy, agreedBy } = about(world, changeId).at(-1)?.detail.data ?? {};
    expect([before, after, version]).toEqual([reading, { ...reading, maximumDurationMinutes: 240 }, 2]);
    expect([changedBy, agreedBy]).toMatchObject([{ userName: ana }, { userName: bo }]);
    expect(await outcome(world, 200)).toBe('AccessRequestAccepted');
  });

  it('that narrows holds at once, and leaves alone what runs', async () => {
    const world = await monday();
    const running = world.newId();
    await world.emit('deploy-pipeline', accessRequestedV1, ask(running, wren, '248972909258', 'PowerUserAccess', { durationMinutes: 60 }));
    await world.until('AccessGranted.v1', running);
    const dev = named('developers-in-dev');
    const changeId = await submit(world, { ...dev, maximumDurationMinutes: 10 });
    expect(typesOf(about(world, changeId))).toEqual(['EligibilityPolicyChanged']);
    await world.pass(30);
    expect(typesOf(world.events(running))).not.toContain('AccessEnded');
    await world.until('AccessEnded.v1', running, 40);
  });

  it('is refused with every reason: by whom, against what, whom it names, and where nobody could approve', async () => {
    const world = await monday();
    const gone = '00000000-0000-4000-8000-000000000000';
    const changeId = await submit(world, { ...reading, principals: { groupIds: [gone], userIds: [] }, ticketPattern: '(a+)+$', timeWindows: [{ days: ['monday'], from: '09:00', to: '17:00', timeZone: 'Mars/Olympus' }] }, { by: wren, expectedVersion: 7 });
    expect(about(world, changeId).map((event) => codesOf(event))).toEqual([['ERR_NOT_AN_ADMINISTRATOR', 'ERR_VERSION_CONFLICT', 'ERR_POLICY_SENSELESS', 'ERR_POLICY_SENSELESS', 'ERR_REFERENCE_UNKNOWN']]);

    const onlyLead = world.user('emeka.eriksen@acme.example').UserId;
    const lone = policies.approvers.map((policy) => (policy.policyId === 'production' ? { ...policy, stages: [{ approvers: { groupIds: [], userIds: [onlyLead] }, quorum: 1 }] } : policy));
    const locked = await monday({ policies: { ...policies, approvers: lone } });
    const lockOut = await submit(locked, { ...reading, principals: { ...reading.principals, userIds: [onlyLead] } });
    expect(about(locked, lockOut).map((event) => [...new Set(codesOf(event))])).toEqual([['ERR_NO_ELIGIBLE_APPROVER']]);
  });

  it('is answered once, however often it comes; another under its id is refused', async () => {
    const world = await monday();
    const narrower = { ...reading, maximumDurationMinutes: 60 };
    const changeId = await submit(world, narrower);
    await submit(world, narrower, { changeId });
    expect(typesOf(about(world, changeId))).toEqual(['EligibilityPolicyChanged']);
    await submit(world, { ...reading, maximumDurationMinutes: 30 }, { changeId, expectedVersion: 2 });
    expect(about(world, changeId).map((event) => codesOf(event))[1]).toEqual(['ERR_CHANGE_ID_REUSED']);
    expect(await outcome(world, 60)).toBe('AccessRequestAccepted');
  });

  it('is answered however much it says and however long its reasons are, and holds up no other', async () => {
    const world = await monday();
    const hours = Array.from({ length: 20 }, (_, n) => ({ days: ['monday' as const], from: '09:00', to: '17:00', timeZone: `Mars/${'x'.repeat(50)}${n}` }));
    const wordy = await submit(world, { ...reading, timeWindows: hours });
    const accountTags = Array.from({ length: 20 }, (_, n) => ({ key: `key ${n}`, values: Array.from({ length: 12 }, (_value, m) => `${m} ${'語'.repeat(250)}`) }));
    const { maximumDurationMinutes: _longest, approval: _required, ...rest } = reading;
    const large = await submit(world, { ...rest, policyId: 'large', effect: 'deny', targets: { ...reading.targets, accountTags } }, { expectedVersion: 0 });
    const small = await submit(world, { ...reading, maximumDurationMinutes: 60 });
    expect([wordy, large].map((id) => about(world, id).map((event) => codesOf(event)))).toEqual([[['ERR_POLICY_SENSELESS']], [['ERR_FIELD_INVALID']]]);
    expect(typesOf(about(world, small))).toEqual(['EligibilityPolicyChanged']);
  });

  it('of two made against the same version comes second is refused', async () => {
    const world = await monday();
    const [first, second] = [world.newId(), world.newId()];
    const data = (changeId: string, maximumDurationMinutes: number) => ({ changeId, submittedBy: ana, policyId: reading.policyId, expectedVersion: 1, policy: { ...reading, maximumDurationMinutes } });
    await Promise.all([world.emit('local-channel', eligibilityPolicySubmittedV1, data(first, 30)), world.emit('local-channel', eligibilityPolicySubmittedV1, data(second, 40))]);
    await world.pass(1);
    const [one, other] = [first, second].map((id) => about(world, id).map(({ detailType }) => detailType));
    expect([one, other].map((types) => types?.length)).toEqual([1, 1]);
    expect(new Set([one?.[0], other?.[0]])).toEqual(new Set(['EligibilityPolicyChanged.v1', 'PolicyChangeRefused.v1']));
  });

  it('on which nobody decides is refused when its time is over', async () => {
    const world = await monday({ policies: { ...policies, limits: { ...policies.limits, changeDecisionMinutes: 10 } } });
    const changeId = await submit(world, { ...reading, maximumDurationMinutes: 240 });
    await world.pass(12);
    expect(about(world, changeId).map((event) => codesOf(event))[1]).toEqual(['ERR_CHANGE_NOT_DECIDED']);
  });
});

describe('a change of approver policy', () => {
  const submitApprovers = async (world: World, policyId: string, policy: ApproverPolicy | undefined, expectedVersion = 1): Promise<string> => {
    const changeId = world.newId();
    await world.emit('local-channel', approverPolicySubmittedV1, { changeId, submittedBy: ana, policyId, expectedVersion, ...(policy === undefined ? {} : { policy }) });
    await world.pass(0.2);
    return changeId;
  };
  const production = policies.approvers.find(({ policyId }) => policyId === 'production');

  it('that asks for less waits for a second administrator; one that asks for more holds at once', async () => {
    const world = await monday();
    if (production === undefined) throw new Error('no policy production');
    const security = world.organization.Groups.find(({ DisplayName }) => DisplayName === 'Security Response')?.GroupId ?? '';
    const more = { ...production, stages: [...production.stages, { approvers: { groupIds: [security], userIds: [] }, quorum: 1 }] };
    const asksMore = await submitApprovers(world, 'production', more);
    expect(typesOf(about(world, asksMore))).toEqual(['ApproverPolicyChanged']);
    const asksLess = await submitApprovers(world, 'production', production, 2);
    expect(typesOf(about(world, asksLess))).toEqual(['ApproverPolicyProposed']);
    await world.decideChange(asksLess, 'disagree', bo);
    await world.pass(0.2);
    expect(about(world, asksLess).map((event) => codesOf(event))[1]).toEqual(['ERR_CHANGE_DISAGREED']);

    const requestId = world.newId();
    await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess'));
    const { openStages } = (await world.until('ApprovalRequested.v1', requestId)).detail.data;
    expect(openStages).toMatchObject([{ policyId: 'production', stages: 2 }]);
  });

  it('is refused where it would leave nobody who could approve, also under eligibility that was changed before', async () => {
    const world = await monday();
    const empty = world.organization.Groups.find(({ DisplayName }) => DisplayName === 'Empty Group')?.GroupId ?? '';
    if (production === undefined) throw new Error('no policy production');
    const changeId = await submitApprovers(world, 'production', { ...production, stages: [{ approvers: { groupIds: [empty], userIds: [] }, quorum: 1 }] });
    const [refusal] = about(world, changeId);
    expect(refusal && new Set(codesOf(refusal))).toEqual(new Set(['ERR_NO_ELIGIBLE_APPROVER']));

    const everything = await submitApprovers(world, 'everything-else', undefined);
    expect(about(world, everything).map((event) => new Set(codesOf(event)))).toEqual([new Set(['ERR_NO_APPROVER_POLICY'])]);
  });

  it('is refused where it would leave nobody for accounts that are told by their tags, which may be anywhere', async () => {
    const tagged: EligibilityPolicy = { ...reading, targets: { accountIds: [], organizationalUnitIds: [], accountTags: [{ key: 'Environment' }] } };
    const world = await monday({ policies: { ...policies, eligibility: [tagged] } });
    const changeId = await submitApprovers(world, 'everything-else', undefined);
    expect(about(world, changeId).map((event) => new Set(codesOf(event)))).toEqual([new Set(['ERR_NO_APPROVER_POLICY'])]);
  });
});

it('what breaks its contract is answered by the service whose it is, once, and is no dead letter', async () => {
  const world = await monday();
  const put = async (detailType: string, data: object): Promise<void> => {
    const Entries = [{ EventBusName: 'team', Source: 'team.local-channel', DetailType: detailType, Detail: JSON.stringify({ metadata: { eventId: world.newId(), occurredAt: new Date(world.now()).toISOString() }, data }) }];
    await world.system.clients('local-channel').eventBridge.send(new PutEventsCommand({ Entries }));
    await world.pass(0.2);
  };
  const ids = [world.newId(), world.newId(), world.newId(), world.newId()];
  await put('EligibilityPolicySubmitted.v1', { changeId: ids[0], submittedBy: ana, policyId: 'BAD ID', expectedVersion: -1 });
  await put('PolicyChangeDecided.v1', { changeId: ids[1], kind: 'ApproverPolicy', decider: bo, verdict: 'perhaps' });
  await put('PolicyChangeDecided.v1', { changeId: ids[2], kind: 'Limits', decider: bo, verdict: 'perhaps' });
  await put('PolicyChangeDecided.v1', { changeId: ids[3], kind: 'nothing known', decider: bo });
  expect(ids.map((id) => about(world, id ?? '').map(({ detailType }) => detailType))).toEqual([['PolicyChangeRefused.v1'], ['ApproverPolicyDecisionRefused.v1'], ['PolicyDecisionRefused.v1'], ['PolicyDecisionRefused.v1']]);
  expect(['team-request-inbox-dlq', 'team-approval-inbox-dlq'].flatMap((queue) => world.system.queues.peek(queue))).toEqual([]);
});

describe('limits', () => {
  const change = async (world: World, limits: Partial<typeof policies.limits>): Promise<SeenEvent[]> => {
    const changeId = world.newId();
    await world.emit('local-channel', limitsSubmittedV1, { changeId, submittedBy: ana, expectedVersion: 1, limits: { ...policies.limits, ...limits } });
    await world.pass(0.2);
    return about(world, changeId);
  };

  it('never leave TEAM without somebody who administers it', async () => {
    const world = await monday();
    const facts = await change(world, { administrators: { groupIds: [], userIds: [world.user('Sven.Garcia@acme.example').UserId] } });
    expect(facts.map((event) => codesOf(event))).toEqual([['ERR_TOO_FEW_ADMINISTRATORS']]);
  });

  it('give up the second administrator only where a second one agrees', async () => {
    const world = await monday();
    expect(typesOf(await change(world, { secondAdministrator: 'not-required' }))).toEqual(['PolicyChangeProposed']);
  });
});
