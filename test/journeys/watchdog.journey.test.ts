import { accessRequestedV1, requestsAnswer } from '@team/contracts';
import { tellStory } from '../../services/portal/story/src/request-story.ts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import type { SystemOptions } from '../../infra/local/src/system/options.ts';
import { approvedLife, askForProduction } from '../hostile/hostile-world.ts';
import { devPayments, emeka, monday, prodPayments, typesOf, wren } from './worlds.ts';

const patienceMs = 180_000;
const ines = 'ines.lindqvist34@acme.example';

type Intercept = NonNullable<SystemOptions['intercept']>;
interface Entry {
  readonly DetailType?: string;
}

/** A world in which the bus takes these events, says so, and brings them nowhere, until told to. */
async function losing(...detailTypes: readonly string[]): Promise<{ readonly world: World; readonly losesNoMore: () => void }> {
  let loses = true;
  const intercept: Intercept = async ({ action, input }, next) => {
    const entries = action === 'PutEvents' && Array.isArray(input['Entries']) ? (input['Entries'] as Entry[]) : [];
    const lost = entries.filter(({ DetailType = '' }) => detailTypes.includes(DetailType));
    if (!loses || lost.length === 0) return next();
    if (lost.length < entries.length) throw new Error(`${detailTypes.join()} came together with others`);
    return { FailedEntryCount: 0, Entries: entries.map((_, i) => ({ EventId: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}` })) };
  };
  return { world: await monday({ more: { intercept } }), losesNoMore: () => void (loses = false) };
}

const stalled = async (world: World) => requestsAnswer.parse(await world.system.invoke('team-audit-query', { op: 'stalled' })).requests;

async function later(world: World): Promise<string> {
  return askForProduction(world, { startAt: new Date(world.now() + 30 * 60_000).toISOString() });
}

async function free(world: World, durationMinutes = 10): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes }));
  return requestId;
}

async function glass(world: World): Promise<string> {
  const requestId = world.newId();
  await world.emit('local-channel', accessRequestedV1, ask(requestId, ines, prodPayments, 'BreakGlass', { breakGlass: true, durationMinutes: 10 }));
  return requestId;
}

async function approvedLater(world: World): Promise<string> {
  const requestId = await later(world);
  await world.until('ApprovalRequested.v1', requestId);
  await world.decide(requestId, 'approve', emeka);
  return requestId;
}

/** What is lost, in what life, what is missed then (the first of what would do), after how many minutes at most. */
const losses: readonly (readonly [lost: string, play: (world: World) => Promise<string>, missed: string, minutes: number])[] = [
  ['AccessRequestAccepted.v1', free, 'AccessRequestAccepted.v1', 6],
  ['ApprovalRequested.v1', (world) => askForProduction(world), 'ApprovalRequested.v1', 6],
  ['AccessApproved.v1', free, 'ApprovalRequested.v1', 6],
  ['AccessOpeningDue.v1', approvedLater, 'AccessWindowOpened.v1', 42],
  ['EligibilityConfirmed.v1', approvedLater, 'EligibilityConfirmed.v1', 42],
  ['AccessWindowOpened.v1', free, 'AccessWindowOpened.v1', 12],
  ['AccessGranted.v1', (world) => free(world, 60), 'AccessGranted.v1', 17],
  // Provisioning ends what expiry is silent about: only where that is not heard either, nobody knows of an end.
  ['AccessExpired.v1 AccessEnded.v1', free, 'AccessExpired.v1', 17],
  ['AccessEnded.v1', free, 'AccessEnded.v1', 35],
  ['AccessReviewRequested.v1', glass, 'AccessReviewRequested.v1', 25],
];

describe('the watchdog', () => {
  it('says nothing of a life that goes as it should', async () => {
    const world = await monday();
    const requestId = await approvedLife(world);
    await world.until('AccessEnded.v1', requestId, 40);
    await world.pass(30);
    expect(typesOf(world.events(requestId))).not.toContain('LifecycleStalled');
    expect(await stalled(world)).toEqual([]);
  }, patienceMs);

  it.each(losses)('misses %s, names it, and shows it', async (lost, play, missed, minutes) => {
    const { world } = await losing(...lost.split(' '));
    const requestId = await play(world);
    const said = await world.until('LifecycleStalled.v1', requestId, minutes);
    expect(said.detail.data).toMatchObject({ requestId, missing: expect.arrayContaining([missed]) as unknown });
    await world.pass(0.1);
    expect(await stalled(world)).toMatchObject([{ requestId, stalled: [{ missing: expect.arrayContaining([missed]) as unknown }] }]);
  }, patienceMs);

  it('says so when it comes after all', async () => {
    const { world, losesNoMore } = await losing('AccessExpired.v1', 'AccessEnded.v1');
    const requestId = await free(world);
    const said = await world.until('LifecycleStalled.v1', requestId, 20);
    losesNoMore();
    const cleared = await world.until('LifecycleStalled.v1', requestId, 5);
    expect(cleared.detail.data).toMatchObject({ missing: said.detail.data['missing'], stalledSince: said.detail.data['stalledSince'], clearedAt: expect.any(String) as unknown });
    await world.pass(1);
    expect(await stalled(world)).toEqual([]);
    const recorded = (await world.system.invoke('team-audit-query', { op: 'events', requestId, limit: 200 })) as { readonly events: Parameters<typeof tellStory>[1] };
    const tell = (events: Parameters<typeof tellStory>[1]) => tellStory(requestId, events, world.organization.DelegatedAdministratorAccountId)?.stalled;
    expect(tell(recorded.events)).toEqual([]);
    expect(tell(recorded.events.filter(({ detail }) => (detail?.['data'] as { clearedAt?: string } | undefined)?.clearedAt === undefined))).toMatchObject([{ lastSeen: 'AccessGranted.v1' }]);
  }, patienceMs);
});
