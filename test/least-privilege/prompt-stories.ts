import { accessRequestedV1 } from '@team/contracts';
import { AwsError } from '../../infra/local/src/cloud/aws-error.ts';
import { ask, type SeenEvent, type World } from '../../infra/local/src/play/world.ts';
import { broken, throttled } from '../hostile/hostile-world.ts';
import { devPayments, wren } from '../journeys/fixture.ts';
import { expectThat } from './expectations.ts';
import type { Mishap, Story } from './story.ts';

type Asking = Parameters<typeof ask>[4];

/**
 * Minutes that a function of the story has for what it does at once. Whatever is left to the sweep comes no sooner than with the next
 * minute, which begins later than that in each of these stories.
 */
const atOnce = 0.3;

/** Asks for what needs no approval, at the beginning of a minute. */
async function askFreely(world: World, more: Asking = {}): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes: 5, ...more }));
  return requestId;
}

const each = (functionName: string, action: string, fate: Mishap['fate']): Mishap => ({ functionName, action, nth: 'each', fate });

/** Asks while Identity Center never answers whether anything is assigned; gives the request once its window can be opened no longer. */
async function neverOpened(world: World): Promise<string> {
  const requestId = await askFreely(world);
  const opened = await world.until('AccessWindowOpened.v1', requestId, atOnce);
  const { openBy } = opened.detail.data['window'] as { readonly openBy: string };
  await world.pass((Date.parse(openBy) - world.now()) / 60_000);
  return requestId;
}

function expectReason({ detail }: SeenEvent, code: string): void {
  expectThat((detail.data['reason'] as { readonly code: string }).code === code, `not for ${code}, but ${JSON.stringify(detail.data['reason'])}`);
}

const neverSeen = each('provisioning-dispatch', 'ListAccountAssignments', broken());

/** What a function does at once, and the sweep would make up for a minute later if it could not. */
export const promptStories: readonly Story[] = [
  {
    name: 'a grant that is published when it stands',
    shows: ['team-provisioning-dispatch events:PutEvents'],
    play: async (world) => void (await world.until('AccessGranted.v1', await askFreely(world), atOnce)),
  },
  {
    name: 'a window that is opened when its time comes',
    shows: ['team-expiry-timers events:PutEvents'],
    async play(world) {
      const requestId = await askFreely(world, { startAt: new Date(world.now() + 10 * 60_000).toISOString() });
      await world.until('AccessWindowOpened.v1', requestId, 10 + atOnce);
    },
  },
  {
    name: 'a judgement that is published when it was taken up again, its first judge having died',
    shows: ['team-request-timers events:PutEvents'],
    mishaps: [{ functionName: 'request-inbox', action: 'Sign', nth: 1, fate: 'die-before' }],
    play: async (world) => void (await world.until('AccessRequestAccepted.v1', await askFreely(world), 1 + atOnce)),
  },
  {
    name: 'a window under an event id that was used before, which is refused when it comes',
    shows: ['team-provisioning-inbox events:PutEvents'],
    async play(world) {
      const requestId = await askFreely(world);
      const { source, detailType, detail } = await world.until('AccessWindowOpened.v1', requestId, atOnce);
      await world.until('AccessGranted.v1', requestId, atOnce);
      world.inject(source, detailType, { ...detail, data: { ...detail.data, breakGlass: true } });
      expectReason(await world.until('AccessGrantFailed.v1', requestId, atOnce), 'ERR_EVENT_ID_REUSED');
    },
  },
  {
    name: 'a window that could not be opened in time, which is given up when its time is over',
    shows: ['team-provisioning-timers events:PutEvents'],
    mishaps: [neverSeen],
    play: async (world) => expectReason(await world.until('AccessGrantFailed.v1', await neverOpened(world), atOnce), 'ERR_OPEN_BY_PASSED'),
  },
  {
    name: 'the same, given up by the reconciler within two minutes, its timers being out of order',
    shows: ['team-provisioning-reconcile events:PutEvents'],
    mishaps: [neverSeen, each('provisioning-timers', 'GetItem', throttled())],
    play: async (world) => expectReason(await world.until('AccessGrantFailed.v1', await neverOpened(world), 2 + atOnce), 'ERR_OPEN_BY_PASSED'),
  },
  {
    name: 'access that takes Identity Center half a minute, which is asked about meanwhile',
    shows: ['team-provisioning-dispatch sqs:SendMessage'],
    options: { more: { identityCenter: { latency: { fixedMs: 30_000, tailMs: 0, atMostMs: 30_000 }, firstUseLatency: { fixedMs: 30_000, tailMs: 0, atMostMs: 30_000 } } } },
    play: async (world) => void (await world.until('AccessGranted.v1', await askFreely(world), 0.5 + atOnce)),
  },
  {
    name: 'access to what Identity Center never finds, in an instance that is there',
    shows: ['team-provisioning-dispatch sso:DescribeInstance'],
    mishaps: [each('provisioning-dispatch', 'ListAccountAssignments', new AwsError('ResourceNotFoundException', 'not there'))],
    play: async (world) => void (await world.until('AccessGranted.v1', await askFreely(world), 1)),
  },
  {
    name: 'an end that says by when credentials are useless: a session of the permission set later, and no longer',
    shows: ['team-provisioning-dispatch sso:DescribePermissionSet'],
    async play(world) {
      const requestId = await askFreely(world, { durationMinutes: 2 });
      const { removedAt, credentialsUselessBy } = (await world.until('AccessEnded.v1', requestId, 4)).detail.data;
      const sessionMinutes = (Date.parse(String(credentialsUselessBy)) - Date.parse(String(removedAt))) / 60_000;
      expectThat(sessionMinutes === 60, `sessions of an hour are said to last ${sessionMinutes} minutes`);
    },
  },
];
