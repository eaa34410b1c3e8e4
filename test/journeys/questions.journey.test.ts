import { accessRequestedV1, requestsAnswer, type RequestsAnswer } from '@team/contracts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { approvedLife, askForProduction } from '../hostile/hostile-world.ts';
import { emeka, monday, prodPayments, wren } from './worlds.ts';

const patienceMs = 120_000;
const ines = 'ines.lindqvist34@acme.example';
const ana = 'ana.alvarez@acme.example';

const question = async (world: World, asked: object): Promise<RequestsAnswer> => requestsAnswer.parse(await world.system.invoke('team-audit-query', asked));
const found = async (world: World, asked: object): Promise<string[]> => (await question(world, asked)).requests.map(({ requestId }) => requestId);

describe('an auditor', () => {
  it('finds a request by everything that is known of it, and what became of it', async () => {
    const world = await monday();
    const asked = new Date(world.now()).toISOString();
    const requestId = await approvedLife(world, { ticket: { id: 'OPS-1207' } });
    const granted = await world.until('AccessGranted.v1', requestId, 5);
    await world.pass(1);
    for (const by of [{ person: wren }, { person: wren.toUpperCase() }, { person: world.user(wren).UserId }, { approver: emeka }, { accountId: prodPayments }, { permissionSet: 'ReadOnlyAccess' }, { ticket: 'ops-1207' }, { emitter: 'deploy-pipeline' }, { status: 'active' }, { person: wren, status: 'active', accountId: prodPayments }, {}]) {
      expect([by, await found(world, { op: 'requests', by })]).toEqual([by, [requestId]]);
    }
    for (const by of [{ person: emeka }, { approver: wren }, { ticket: 'OPS-1208' }, { status: 'ended' }, { person: wren, breakGlass: true as const }]) {
      expect([by, await found(world, { op: 'requests', by })]).toEqual([by, []]);
    }
    expect(await found(world, { op: 'requests', from: asked })).toEqual([requestId]);
    expect(await found(world, { op: 'requests', to: asked })).toEqual([]);
    const ended = await world.until('AccessEnded.v1', requestId, 40);
    await world.pass(1);
    const { requests: [summary] } = await question(world, { op: 'requests', by: { status: 'ended' } });
    expect(summary).toMatchObject({ requestId, status: 'ended', requester: { userName: wren }, decisions: [{ decider: { userName: emeka }, verdict: 'approve' }], stalled: [] });
    expect(summary?.grants).toMatchObject([{ accountId: prodPayments, permissionSetName: 'ReadOnlyAccess', status: 'ended', grantedAt: granted.detail.data['grantedAt'], removedAt: ended.detail.data['removedAt'] }]);
    expect(await found(world, { op: 'requests', by: { status: 'active' } })).toEqual([]);
  }, patienceMs);

  it('learns who could reach an account at a moment, credentials that outlast the removal included, and what a person held', async () => {
    const world = await monday();
    const requestId = await approvedLife(world);
    const { grantedAt } = (await world.until('AccessGranted.v1', requestId, 5)).detail.data;
    const { removedAt, credentialsUselessBy } = (await world.until('AccessEnded.v1', requestId, 40)).detail.data;
    await world.pass(1);
    const moment = (at: unknown, ms: number): string => new Date(Date.parse(String(at)) + ms).toISOString();
    const reach = (at: string) => found(world, { op: 'who-could-reach', accountId: prodPayments, at });
    expect(await reach(moment(grantedAt, -1))).toEqual([]);
    expect(await reach(moment(grantedAt, 0))).toEqual([requestId]);
    expect(await reach(moment(removedAt, 1))).toEqual([requestId]);
    expect(await reach(moment(credentialsUselessBy, -1))).toEqual([requestId]);
    expect(await reach(moment(credentialsUselessBy, 1))).toEqual([]);
    const held = (from: string, to: string, person = wren) => found(world, { op: 'held', person, from, to });
    expect(await held('2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z')).toEqual([requestId]);
    expect(await held('2026-01-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z')).toEqual([requestId]);
    expect(await held('2026-04-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z')).toEqual([]);
    expect(await held('2026-03-01T00:00:00.000Z', moment(grantedAt, -1))).toEqual([]);
    expect(await held('2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z', emeka)).toEqual([]);
  }, patienceMs);

  it('is told of quick approvals, and of break glass until somebody has reviewed it', async () => {
    const world = await monday();
    const quick = await askForProduction(world);
    await world.pass(0.5);
    await world.decide(quick, 'approve', emeka);
    const glass = world.newId();
    await world.emit('local-channel', accessRequestedV1, ask(glass, ines, prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 30 }));
    await world.until('AccessGranted.v1', glass, 5);
    await world.pass(1);
    expect(await found(world, { op: 'quick-approvals' })).toEqual([quick]);
    expect(await found(world, { op: 'quick-approvals', withinSeconds: 29 })).toEqual([]);
    expect(await found(world, { op: 'unreviewed' })).toEqual([glass]);
    await world.until('AccessReviewRequested.v1', glass, 40);
    await world.review(glass, 'justified', ana);
    await world.until('AccessReviewed.v1', glass, 5);
    await world.pass(1);
    expect(await found(world, { op: 'unreviewed' })).toEqual([]);
    expect((await question(world, { op: 'requests', by: { breakGlass: true } })).requests).toMatchObject([{ requestId: glass, review: { verdict: 'justified', reviewer: { userName: ana } } }]);
  }, patienceMs);

  it('goes through pages with cursors that fit no other question and cannot be made up', async () => {
    const world = await monday();
    const asked: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      asked.push(await askForProduction(world, { startAt: `2026-03-0${i + 3}T09:00:00.000Z` }));
      await world.pass(0.1);
    }
    await world.pass(1);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const answer = await question(world, { op: 'requests', by: { person: wren }, limit: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...answer.requests.map(({ requestId }) => requestId));
      after = answer.next;
      if (after !== undefined) {
        await expect(question(world, { op: 'requests', by: { person: emeka }, after })).rejects.toMatchObject({ code: 'ERR_CURSOR_INVALID' });
        await expect(question(world, { op: 'requests', by: { person: wren }, after: `${after.slice(0, -2)}xx` })).rejects.toMatchObject({ code: 'ERR_CURSOR_INVALID' });
      }
    } while (after !== undefined);
    expect(seen).toEqual(asked.toReversed());
  }, patienceMs);
});
