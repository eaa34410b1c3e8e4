import { accessRequestedV1, delegationSubmittedV1, type ApproverPolicy } from '@team/contracts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { codesOf, emeka, hana, monday, organization, policies, prodPayments, typesOf, wren } from './worlds.ts';

const patienceMs = 60_000;
const prodSearch = '752297035059';
const quinn = 'quinn.eriksen@acme.example'; // neither leads nor security
const ines = 'ines.lindqvist34@acme.example'; // Security Response

const group = (name: string) => ({ groupIds: [String(organization.Groups.find(({ DisplayName }) => DisplayName === name)?.GroupId)], userIds: [] });
const idOf = (userName: string): string => String(organization.Users.find(({ UserName }) => UserName === userName)?.UserId);
const nobody = { groupIds: [], userIds: [] };

/** A world whose production asks like this instead. */
const where = (change: (production: ApproverPolicy) => ApproverPolicy, ...others: readonly ApproverPolicy[]) =>
  monday({ policies: { ...policies, approvers: [...policies.approvers.map((policy) => (policy.policyId === 'production' ? change(policy) : policy)), ...others] } });

async function askForProduction(world: World, accountId = prodPayments): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, accountId, 'ReadOnlyAccess'));
  return requestId;
}

const away = (world: World, delegationId: string, delegate: string | undefined) =>
  world.emit('local-channel', delegationSubmittedV1, {
    delegationId,
    delegator: emeka,
    ...(delegate === undefined ? {} : { delegate }),
    from: new Date(world.now()).toISOString(),
    until: new Date(world.now() + 86_400_000).toISOString(),
  });

it('takes the word of whom an approver delegated to, while they are away, and says in whose place it was', async () => {
  const world = await monday();
  const delegationId = world.newId();
  await away(world, delegationId, quinn);
  await world.until('DelegationChanged.v1');
  const requestId = await askForProduction(world);
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', quinn);
  const approved = await world.until('AccessApproved.v1', requestId);
  expect(approved.detail.data['approvals']).toMatchObject([{ decider: { userId: world.user(quinn).UserId }, onBehalfOf: { userId: world.user(emeka).UserId } }]);
  await world.until('AccessGranted.v1', requestId);

  await away(world, delegationId, undefined);
  await world.until('DelegationChanged.v1');
  const later = await askForProduction(world, prodSearch);
  await world.until('ApprovalRequested.v1', later);
  await world.decide(later, 'approve', quinn);
  expect(codesOf(await world.until('ApprovalDecisionRefused.v1', later))).toEqual(['ERR_NOT_AN_APPROVER']);
}, patienceMs);

it('lets nobody delegate to who has delegated', async () => {
  const world = await monday();
  await away(world, world.newId(), quinn);
  await world.until('DelegationChanged.v1');
  const times = { from: new Date(world.now()).toISOString(), until: new Date(world.now() + 60_000).toISOString() };
  await world.emit('local-channel', delegationSubmittedV1, { delegationId: world.newId(), delegator: hana, delegate: emeka, ...times });
  expect(codesOf(await world.until('DelegationRefused.v1'))).toEqual(['ERR_DELEGATION_CHAIN']);
}, patienceMs);

it('asks first those whom a policy farther away asks always, then the nearer ones, and more people after a time', async () => {
  const everywhere: ApproverPolicy = {
    policyId: 'security-everywhere',
    targets: { accountIds: [], organizationalUnitIds: [organization.RootId] },
    stages: [{ approvers: group('Security Response'), quorum: 1, always: true }],
  };
  const world = await where(
    (production) => ({
      ...production,
      remindEveryMinutes: 7,
      stages: production.stages.map((stage) => ({ ...stage, escalation: { afterMinutes: 10, to: { groupIds: [], userIds: [idOf(quinn)] } } })),
    }),
    everywhere,
  );
  const requestId = await askForProduction(world);
  const asked = await world.until('ApprovalRequested.v1', requestId);
  expect(asked.detail.data['openStages']).toMatchObject([{ policyId: 'security-everywhere', stage: 1, stages: 2 }]);
  await world.decide(requestId, 'approve', emeka);
  expect(codesOf(await world.until('ApprovalDecisionRefused.v1', requestId))).toEqual(['ERR_NOT_AN_APPROVER']);
  await world.decide(requestId, 'approve', ines);
  await world.until('ApprovalRequested.v1', requestId);
  const escalated = await world.until('ApprovalRequested.v1', requestId, 11);
  expect(escalated.detail.data['openStages']).toMatchObject([{ policyId: 'production', stage: 2, approvers: { userIds: [idOf(quinn)] } }]);
  await world.pass(5);
  expect(typesOf(world.events(requestId)).filter((type) => type === 'ApprovalReminded')).toHaveLength(2);
  await world.decide(requestId, 'approve', quinn);
  await world.until('AccessGranted.v1', requestId);
}, patienceMs);

it("asks the requester's manager, and denies what nobody else could approve where the identity store names none", async () => {
  const world = await where((production) => ({ ...production, stages: [{ approvers: nobody, quorum: 1, requesterManager: true }] }));
  const denied = await world.until('AccessDenied.v1', await askForProduction(world));
  expect(codesOf(denied)).toEqual(['ERR_NO_ELIGIBLE_APPROVER']);
  world.system.people.setManager(world.user(wren).UserId, world.user(quinn).UserId);
  const requestId = await askForProduction(world);
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', quinn);
  await world.until('AccessGranted.v1', requestId);
}, patienceMs);
