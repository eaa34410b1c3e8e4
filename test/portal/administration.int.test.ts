import { contractors } from './contractors.ts';
import { ana, chidi, devPayments, openDoors, wren, type Answered, type Doors } from './doors.ts';

const bo = 'bo.haddad@acme.example'; // TEAM Admins

let doors: Doors;
beforeEach(async () => {
  doors = await openDoors();
  // Time does not pass while somebody waits here, and the organization is read at a pace.
  await doors.world.pass(1);
});
afterEach(() => doors.close());

const plan = (body: object, as = ana): Promise<Answered> => doors.as(as, '/v1/policies/plan', { body });
const submit = (planned: Answered, as = ana): Promise<Answered> => doors.as(as, '/v1/policies/changes', { body: planned.body['change'] });

it('what a plan says comes true: it waits, others agree, it is in force and can be asked by', async () => {
  const planned = await plan({ kind: 'EligibilityPolicy', text: contractors });
  expect(planned.body).toMatchObject({ problems: [], reasons: [], needsSecondAdministrator: true, effects: [{ sign: '+', text: expect.stringContaining('group Contractors: ReadOnlyAccess, up to 45 min, without approval') }] });
  const { status, body: taken } = await submit(planned);
  expect(status).toBe(202);
  await doors.world.until('PolicyChangeProposed.v1');
  await doors.settled();
  expect((await doors.as(chidi, String(taken['href']))).body).toMatchObject({ outcome: 'waits' });

  const decisions = `${String(taken['href'])}/decisions`;
  expect((await doors.as(ana, decisions, { body: { verdict: 'agree' } })).body).toMatchObject({ status: 403, code: 'ERR_SELF_AGREEMENT' });
  expect((await doors.as(bo, '/v1/policies')).body).toMatchObject({ proposals: [{ id: 'contractors-in-dev', proposedBy: ana, mayDecide: true, text: expect.stringContaining('Contractors') }] });
  expect((await doors.as(bo, decisions, { body: { verdict: 'agree', comment: 'as we said' } })).status).toBe(202);
  await doors.world.until('EligibilityPolicyChanged.v1');
  await doors.settled();
  expect((await doors.as(ana, String(taken['href']))).body).toMatchObject({ outcome: 'in-force' });
  expect((await doors.as('keiko.bianchi36@acme.example', '/v1/askable?search=ReadOnly')).body['items']).toContainEqual(expect.objectContaining({ accountId: devPayments, maximumMinutes: 45 }));
});

it('what would be refused says why before it is submitted, and is refused', async () => {
  const planned = await plan({ kind: 'ApproverPolicy', remove: 'everything-else' });
  expect(planned.body['reasons']).toContainEqual(expect.objectContaining({ code: 'ERR_NO_APPROVER_POLICY' }));
  const { body: taken } = await submit(planned);
  await doors.world.until('ApproverPolicyRefused.v1');
  await doors.settled();
  expect((await doors.as(ana, String(taken['href']))).body).toMatchObject({ outcome: 'refused', reasons: expect.arrayContaining([expect.objectContaining({ code: 'ERR_NO_APPROVER_POLICY' })]) });
});

it('a change made against what was overtaken is refused', async () => {
  const { policies } = (await doors.as(ana, '/v1/policies')).body as { policies: { kind: string; id: string; text: string }[] };
  const text = policies.find(({ id }) => id === 'developers-read-production')?.text ?? '';
  const [shorter, shortest] = [await plan({ kind: 'EligibilityPolicy', text: text.replace('120', '60') }), await plan({ kind: 'EligibilityPolicy', text: text.replace('120', '30') }, bo)];
  expect(shorter.body).toMatchObject({ needsSecondAdministrator: false, widens: [], differences: ['maximumDurationMinutes 120 → 60'] });
  await submit(shorter);
  await doors.world.until('EligibilityPolicyChanged.v1');
  const { body: taken } = await submit(shortest, bo);
  await doors.world.until('PolicyChangeRefused.v1');
  await doors.settled();
  expect((await doors.as(bo, String(taken['href']))).body).toMatchObject({ outcome: 'refused', reasons: [{ code: 'ERR_VERSION_CONFLICT' }] });
});

it('who signed in a while ago changes nothing and delegates nothing', async () => {
  const planned = await plan({ kind: 'EligibilityPolicy', remove: 'developers-in-dev' });
  const claims = { auth_time: Math.floor(doors.world.now() / 1_000) - 901 };
  const delegation = { delegate: wren, from: '2026-03-03T00:00:00Z', until: '2026-03-04T00:00:00Z' };
  const late = [await doors.as(ana, '/v1/policies/changes', { body: planned.body['change'], claims }), await doors.as(ana, '/v1/delegation', { body: delegation, claims })];
  expect(late.map(({ body }) => body['code'])).toEqual(['ERR_SIGN_IN_TOO_OLD', 'ERR_SIGN_IN_TOO_OLD']);
});

it('somebody has another decide in their place', async () => {
  const delegation = { delegate: bo, from: '2026-03-02T10:00:00Z', until: '2026-03-04T00:00:00Z' };
  expect((await doors.as('emeka.eriksen@acme.example', '/v1/delegation', { body: delegation })).status).toBe(202);
  await doors.world.until('DelegationChanged.v1');
});
