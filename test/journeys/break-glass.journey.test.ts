import { accessRequestedV1, describe as describeEvent } from '@team/contracts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { codesOf, devAccounts, emeka, monday, policies, prodPayments, typesOf, wren } from './worlds.ts';

const ines = 'ines.lindqvist34@acme.example'; // Security Response
const ana = 'ana.alvarez@acme.example'; // TEAM Admins
/** A busy machine must not reach it. */
const patienceMs = 120_000;

/** Somebody breaks glass for half an hour, through the channel that may. */
async function breakGlass(world: World, more: Parameters<typeof ask>[4] = {}, by = ines): Promise<string> {
  const requestId = world.newId();
  await world.emit('local-channel', accessRequestedV1, ask(requestId, by, prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 30, ...more }));
  return requestId;
}

const secondsBetween = (one: { readonly time: string }, other: { readonly time: string }): number => (Date.parse(other.time) - Date.parse(one.time)) / 1_000;

describe('break glass', () => {
  it('is granted within seconds without anybody’s approval, said loudly at every step, and ends by time', async () => {
    const world = await monday();
    const requestId = await breakGlass(world);
    const granted = await world.until('AccessGranted.v1', requestId, 1);
    const so = world.events(requestId);
    expect(typesOf(so)).toEqual(['AccessRequested', 'AccessRequestAccepted', 'AccessApproved', 'AccessWindowOpened', 'AccessGranted']);
    expect(secondsBetween(so[0] ?? granted, granted)).toBeLessThan(15);
    expect(so[1]?.detail.data).toMatchObject({ breakGlass: true, approvalRequired: false, reviewWithinMinutes: 1_440 });
    for (const { detailType, detail } of so.slice(0, 4)) expect(describeEvent(detailType, detail.data)).toMatch(/BREAK GLASS/);
    const ended = await world.until('AccessEnded.v1', requestId, 40);
    expect(secondsBetween(granted, ended) / 60).toBeLessThan(31);
    expect(await world.assigned(prodPayments, world.permissionSet('BreakGlass').PermissionSetArn)).not.toContain(world.user(ines).UserId);
  }, patienceMs);

  it('comes before grants that wait already', async () => {
    const created: unknown[] = [];
    const world = await monday({
      more: {
        intercept: async (call, next) => {
          if (call.action === 'CreateAccountAssignment') created.push(call.input['PermissionSetArn']);
          return next();
        },
      },
    });
    const targets = devAccounts.map((accountId) => ({ accountId, permissionSetName: 'PowerUserAccess' }));
    const waiting: string[] = [];
    for (const developer of [wren, 'zoe.haddad@acme.example', 'yusuf.alvarez@acme.example', 'uma.ito@acme.example']) {
      const requestId = world.newId();
      await world.emit('deploy-pipeline', accessRequestedV1, { ...ask(requestId, developer, prodPayments, 'PowerUserAccess'), targets });
      waiting.push(requestId);
    }
    await world.until('AccessWindowOpened.v1', waiting.at(-1), 1);
    await world.pass(0.05);
    const requestId = await breakGlass(world);
    await world.until('AccessWindowOpened.v1', requestId, 1);
    const underWay = created.length;
    const granted = await world.until('AccessGranted.v1', requestId, 2);
    // Identity Center takes ten operations at a time: what is asked of it next, when one of them ends, is this.
    expect(underWay + 10).toBeLessThan(targets.length * waiting.length);
    expect(created.indexOf(world.permissionSet('BreakGlass').PermissionSetArn)).toBe(underWay);
    expect(secondsBetween(world.events(requestId)[0] ?? granted, granted)).toBeLessThan(20);
  }, patienceMs);

  it('is refused where no policy allows it, where it is too long, and through an emitter that may not', async () => {
    const world = await monday();
    for (const [codes, emitter, asked] of [
      [['ERR_BREAK_GLASS_FORBIDDEN'], 'local-channel', ask(world.newId(), wren, prodPayments, 'ReadOnlyAccess', { breakGlass: true, durationMinutes: 30 })],
      [['ERR_DURATION_TOO_LONG', 'ERR_BREAK_GLASS_TOO_LONG'], 'local-channel', ask(world.newId(), ines, prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 61 })],
      [['ERR_EMITTER_NO_BREAK_GLASS'], 'deploy-pipeline', ask(world.newId(), ines, prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 30 })],
    ] as const) {
      await world.emit(emitter, accessRequestedV1, asked);
      expect(codesOf(await world.until('AccessRequestRejected.v1', asked.requestId, 1))).toEqual(expect.arrayContaining([...codes]));
      expect(typesOf(world.events(asked.requestId))).toEqual(['AccessRequested', 'AccessRequestRejected']);
    }
  }, patienceMs);
});

/** Somebody breaks glass, and their access is over. */
async function brokenGlass(world: World, more: Parameters<typeof ask>[4] = {}): Promise<string> {
  const requestId = await breakGlass(world, { durationMinutes: 5, ...more });
  await world.until('AccessReviewRequested.v1', requestId, 10);
  return requestId;
}

/** Codes of the refusal that answers a review. */
async function refusal(world: World, requestId: string, ...review: [Parameters<World['review']>[1], string, Parameters<World['review']>[3]?]): Promise<string[]> {
  await world.review(requestId, ...review);
  return codesOf(await world.until('AccessReviewRefused.v1', requestId, 1));
}

describe('the review of break glass', () => {
  it('is asked of approvers and administrators as soon as access is over, and done by one of them', async () => {
    const world = await monday();
    const requestId = await breakGlass(world, { durationMinutes: 5 });
    await world.until('AccessGranted.v1', requestId, 1);
    expect(await refusal(world, requestId, 'justified', ana)).toEqual(['ERR_REVIEW_TOO_EARLY']);
    const asked = await world.until('AccessReviewRequested.v1', requestId, 10);
    const ended = world.events(requestId).find(({ detailType }) => detailType === 'AccessEnded.v1');
    expect(secondsBetween(ended ?? asked, asked)).toBeLessThanOrEqual(1);
    const groups = ['TEAM Admins', 'Production Leads'].map((name) => world.organization.Groups.find(({ DisplayName }) => DisplayName === name)?.GroupId);
    expect(asked.detail.data).toMatchObject({ requester: { userName: ines }, reviewers: { groupIds: groups, userIds: [] } });
    expect((Date.parse(String(asked.detail.data['reviewBy'])) - Date.parse(asked.time)) / 60_000).toBeCloseTo(1_440, 0);

    await world.review(requestId, 'not-justified', emeka);
    const reviewed = await world.until('AccessReviewed.v1', requestId, 1);
    expect(reviewed.detail.data).toMatchObject({ reviewer: { userName: emeka }, verdict: 'not-justified' });
    expect(await refusal(world, requestId, 'justified', ana)).toEqual(['ERR_ALREADY_REVIEWED']);
  }, patienceMs);

  it('is refused from the requester, from strangers, without a recent sign-in, and for what is no break glass, with every reason', async () => {
    const world = await monday();
    const requestId = await brokenGlass(world);
    const long = Math.floor(world.now() / 1_000) - 3_600;
    expect(await refusal(world, requestId, 'justified', ines)).toEqual(['ERR_SELF_REVIEW', 'ERR_NOT_A_REVIEWER']);
    expect(await refusal(world, requestId, 'justified', wren)).toEqual(['ERR_NOT_A_REVIEWER']);
    expect(await refusal(world, requestId, 'justified', wren, { auth_time: long, exp: long + 60, verdict: 'not-justified' })).toEqual(['ERR_REVIEW_EXPIRED', 'ERR_SIGN_IN_TOO_OLD', 'ERR_REVIEW_MISMATCH', 'ERR_NOT_A_REVIEWER']);
    const usual = world.newId();
    await world.emit('deploy-pipeline', accessRequestedV1, ask(usual, wren, prodPayments, 'ReadOnlyAccess'));
    await world.until('ApprovalRequested.v1', usual, 1);
    expect(await refusal(world, usual, 'justified', ana)).toEqual(['ERR_NOT_BREAK_GLASS']);
    expect(await refusal(world, world.newId(), 'justified', ana)).toEqual(['ERR_REQUEST_UNKNOWN']);
    expect(typesOf(world.events(requestId))).not.toContain('AccessReviewed');
  }, patienceMs);

  it('that nobody does is said to be overdue on time, and can be done still', async () => {
    const world = await monday({ policies: { ...policies, limits: { ...policies.limits, reviewWithinMinutes: 20 } } });
    const requestId = await brokenGlass(world);
    const said = await world.until('AccessReviewOverdue.v1', requestId, 21);
    expect(said.detail.data).toMatchObject({ requester: { userName: ines }, repetition: 1 });
    expect(Date.parse(said.time) - Date.parse(String(said.detail.data['reviewBy']))).toBeLessThan(3_000);
    await world.review(requestId, 'justified', ana);
    await world.until('AccessReviewed.v1', requestId, 1);
  }, patienceMs);
});
