import { accessRequestedV1 } from '@team/contracts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { codesOf, devPayments, emeka, hana, monday, prodPayments, wren } from '../journeys/worlds.ts';
import { askForProduction, audited, deadLetters, endsOf, inProduction, ofType, outcomesOf } from './hostile-world.ts';

it('everything delivered again, in reverse order, while it happens and afterwards, changes nothing', async () => {
  const world = await monday();
  const again = (): void => {
    for (const { source, detailType, detail, account } of world.events().reverse()) world.inject(source, detailType, detail, account);
  };
  const requestId = await askForProduction(world, { durationMinutes: 2 });
  for (const step of ['ApprovalRequested.v1', 'AccessGranted.v1', 'AccessEnded.v1']) {
    await world.until(step, requestId);
    again();
    await world.pass(0.5);
    if (step === 'ApprovalRequested.v1') await world.decide(requestId, 'approve', emeka);
  }
  await world.pass(3);
  const ids = world.events(requestId).map(({ detailType, detail }) => `${detailType} ${String(detail.metadata['eventId'])}`);
  const types = [...new Set(ids)].map((id) => id.split(' ')[0]);
  expect(types).toEqual([...new Set(types)]);
  expect([await inProduction(world), deadLetters(world), await audited(world)]).toEqual([[], [], { problems: [], missing: 0 }]);
});

it.each([0, 300, 2_000])('a wish to end that comes %i ms before or after the approval leaves no access', async (apartMs) => {
  for (const first of ['revoke', 'approve']) {
    const world = await monday();
    const requestId = await askForProduction(world);
    await world.until('ApprovalRequested.v1', requestId);
    const acts = [() => world.revoke(requestId, wren), () => world.decide(requestId, 'approve', emeka)];
    for (const act of first === 'revoke' ? acts : acts.reverse()) {
      await act();
      await world.pass(apartMs / 60_000);
    }
    await world.pass(2);
    expect(outcomesOf(world, requestId)).toHaveLength(1);
    expect(await inProduction(world)).toEqual([]);
  }
});

it('of two contrary decisions at once one counts, and the other hears that it is over', async () => {
  const world = await monday();
  const requestId = await askForProduction(world, { durationMinutes: 1 });
  await world.until('ApprovalRequested.v1', requestId);
  await Promise.all([world.decide(requestId, 'deny', hana), world.decide(requestId, 'approve', emeka)]);
  await world.pass(3);
  expect(outcomesOf(world, requestId)).toHaveLength(1);
  expect(ofType(world, 'ApprovalRecorded.v1', requestId)).toHaveLength(1);
  expect(ofType(world, 'ApprovalDecisionRefused.v1', requestId)).toHaveLength(1);
});

it('of twenty-five requests at once twenty are admitted, and each cancelled one makes room', async () => {
  const world = await monday();
  const ids = Array.from({ length: 25 }, () => world.newId());
  await Promise.all(
    ids.map((id, i) => world.emit('deploy-pipeline', accessRequestedV1, ask(id, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 10 + i }))),
  );
  await world.pass(2);
  const rejected = ids.flatMap((id) => ofType(world, 'AccessRequestRejected.v1', id));
  expect(rejected.map(codesOf)).toEqual(Array.from({ length: 5 }, () => ['ERR_TOO_MANY_OPEN']));
  const admitted = ids.find((id) => ofType(world, 'AccessRequestAccepted.v1', id).length === 1) ?? '';
  await world.revoke(admitted, wren);
  await world.pass(0.5);
  const next = await askForProduction(world, { durationMinutes: 60 });
  await world.pass(0.5);
  expect(ofType(world, 'AccessRequestAccepted.v1', next)).toHaveLength(1);
});

const askForDevelopment = async (world: World, durationMinutes: number, justification: string): Promise<string> => {
  const id = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(id, wren, devPayments, 'PowerUserAccess', { durationMinutes, justification }));
  return id;
};

it('access asked for while the same is being deleted is given again afterwards, and ends by itself', async () => {
  const world = await monday();
  const set = world.permissionSet('PowerUserAccess').PermissionSetArn;
  const first = await askForDevelopment(world, 2, 'first');
  await world.until('AccessExpired.v1', first);
  const second = await askForDevelopment(world, 3, 'second');
  const granted = await world.until('AccessGranted.v1', second);
  expect(granted.detail.data['how']).toBe('created');
  await world.pass(1);
  expect(await world.assigned(devPayments, set)).toEqual([world.user(wren).UserId]);
  await world.pass(4);
  expect(await world.assigned(devPayments, set)).toEqual([]);
  expect([Object.values(endsOf(world, first)), Object.values(endsOf(world, second))]).toEqual([[['deleted']], [['deleted']]]);
});

it.each<[moment: string, keeps: boolean]>([
  ['AccessWindowOpened.v1', true],
  ['AccessEnded.v1', true],
  ['AccessGranted.v1', false],
])('an assignment made by hand right after %s is spared: %s', async (moment, keeps) => {
  const world = await monday();
  const byHand = {
    AccountId: devPayments,
    PermissionSetArn: world.permissionSet('PowerUserAccess').PermissionSetArn,
    PrincipalType: 'USER' as const,
    PrincipalId: world.user(wren).UserId,
  };
  const requestId = await askForDevelopment(world, 2, 'by hand');
  await world.until(moment, requestId);
  world.system.ssoAdmin.assignByHand(byHand);
  await world.pass(5);
  expect(Object.values(endsOf(world, requestId))).toHaveLength(1);
  expect(world.system.ssoAdmin.holds(byHand)).toBe(keeps);
});

it('names change hands, rights do not', async () => {
  const world = await monday();
  const requestId = await askForProduction(world);
  await world.until('ApprovalRequested.v1', requestId);
  const { people } = world.system;
  people.renameUser(world.user(emeka).UserId, 'emeka.married@acme.example');
  people.renameUser(world.user(wren).UserId, emeka);
  await world.decide(requestId, 'approve', emeka);
  expect(codesOf(await world.until('ApprovalDecisionRefused.v1', requestId))).toContain('ERR_SELF_APPROVAL');
  const leads = world.organization.Groups.find(({ DisplayName }) => DisplayName === 'Production Leads')?.GroupId ?? '';
  people.deleteGroup(leads);
  people.addMember(people.createGroup('Production Leads'), world.user('quinn.eriksen@acme.example').UserId);
  await world.decide(requestId, 'approve', 'quinn.eriksen@acme.example');
  expect(codesOf(await world.until('ApprovalDecisionRefused.v1', requestId))).toEqual(['ERR_NOT_AN_APPROVER']);
  expect(outcomesOf(world, requestId)).toEqual([]);
});
