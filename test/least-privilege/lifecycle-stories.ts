import { DeleteCommand, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { accessRequestedV1, requestsAnswer } from '@team/contracts';
import { ask, type World } from '../../infra/local/src/play/world.ts';
import { askForProduction, broken } from '../hostile/hostile-world.ts';
import type { Lifecycle } from '../../services/audit/src/domain/lifecycle/state.ts';
import { devPayments, wren } from '../journeys/fixture.ts';
import { expectThat } from './expectations.ts';
import type { Mishap, Story } from './story.ts';

const each = (functionName: string, action: string): Mishap => ({ functionName, action, nth: 'each', fate: broken() });

async function askFreely(world: World, durationMinutes = 2): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, devPayments, 'PowerUserAccess', { durationMinutes }));
  return requestId;
}

const found = async (world: World, question: object): Promise<readonly string[]> => requestsAnswer.parse(await world.system.invoke('team-audit-query', question)).requests.map(({ requestId }) => requestId);

/** Asked while nobody may be asked for approval, until that is missed. */
async function stalled(world: World): Promise<string> {
  const requestId = await askForProduction(world);
  await world.until('LifecycleStalled.v1', requestId, 5.5);
  return requestId;
}

const nobodyIsAsked = each('approval-inbox', 'GetItem');
const tables = { lifecycles: 'team-audit-lifecycles', terms: 'team-audit-terms' };

/** What the audit service has to be allowed to follow requests, and to be asked about them. */
export const lifecycleStories: readonly Story[] = [
  {
    name: 'a request that is found at once',
    shows: ['team-audit-follow dynamodb:GetItem', 'team-audit-follow dynamodb:PutItem', 'team-audit-query dynamodb:Query', 'team-audit-query dynamodb:BatchGetItem'],
    async play(world) {
      const requestId = await askFreely(world);
      await world.until('AccessRequestAccepted.v1', requestId, 0.3);
      await world.pass(0.1);
      expectThat((await found(world, { op: 'requests', by: { person: wren } })).includes(requestId), 'it is not found');
    },
  },
  {
    name: 'a request that is followed as it goes on',
    shows: ['team-audit-follow dynamodb:UpdateItem'],
    async play(world) {
      const requestId = await askFreely(world, 10);
      await world.until('AccessGranted.v1', requestId, 1);
      await world.pass(0.1);
      expectThat((await found(world, { op: 'requests', by: { status: 'active' } })).includes(requestId), 'it is not found as active');
    },
  },
  {
    name: 'a request that stopped half-way is missed in its minute',
    shows: ['team-audit-timers dynamodb:GetItem', 'team-audit-timers dynamodb:UpdateItem', 'team-audit-timers events:PutEvents', 'team-audit-sweep sqs:SendMessage', 'team-audit-sweep dynamodb:Query'],
    mishaps: [nobodyIsAsked],
    play: async (world) => void (await stalled(world)),
  },
  {
    name: 'what was missed comes, and is said to have',
    shows: ['team-audit-follow events:PutEvents'],
    mishaps: [1, 2, 3].map((nth): Mishap => ({ functionName: 'approval-inbox', action: 'PutItem', nth, fate: 'die-before' })),
    async play(world) {
      const requestId = await askForProduction(world);
      await world.until('LifecycleStalled.v1', requestId, 5.5);
      await world.until('ApprovalRequested.v1', requestId, 20);
      await world.pass(0.1);
      const said = world.events(requestId).findLast(({ detailType }) => detailType === 'LifecycleStalled.v1');
      expectThat(said?.detail.data['clearedAt'] !== undefined, 'nobody said that it came');
    },
  },
  {
    name: 'the sweep says what timers could not',
    shows: ['team-audit-sweep events:PutEvents', 'team-audit-sweep dynamodb:UpdateItem', 'team-audit-sweep dynamodb:GetItem'],
    mishaps: [nobodyIsAsked, each('audit-timers', 'PutEvents')],
    async play(world) {
      const requestId = await askForProduction(world);
      await world.until('LifecycleStalled.v1', requestId, 8);
      await world.pass(2);
      const item = await lifecycle(world, requestId);
      expectThat(Object.keys(item?.['outbox'] ?? {}).length === 0, 'the outbox is not empty');
    },
  },
  {
    name: 'access that cannot be removed is found for as long as it stands',
    shows: ['team-audit-timers dynamodb:PutItem'],
    async play(world) {
      const requestId = await askFreely(world, 60);
      await world.until('AccessGranted.v1', requestId, 1);
      await world.pass(0.1);
      const item = await lifecycle(world, requestId);
      const state = item?.['state'] as Lifecycle;
      const [daysAgo, dueAt] = [(days: number): string => new Date(world.now() - days * 86_400_000).toISOString(), world.now() + 1_000];
      // As it stands two days after its end: that it is found now as well is written by nobody but the timer.
      const grants = Object.fromEntries(Object.entries(state.grants).map(([id, grant]) => [id, { ...grant, grantedAt: daysAgo(3), endsAt: daysAgo(2) }]));
      await put(world, { ...item, dueAt, state: { ...state, grants } });
      await world.pass(1.2);
      const { Items = [] } = await world.system.clients('deployment').documents.send(new ScanCommand({ TableName: tables.terms }));
      const wanted = `reach#${devPayments}#${new Date(world.now() + 86_000_000).toISOString().slice(0, 10)}`;
      expectThat(Items.some(({ pk }) => String(pk).startsWith(wanted)), `it is not found under ${wanted}`);
    },
  },
  {
    name: 'what was lost is made again from the trail',
    shows: ['team-audit-rebuild dynamodb:PutItem', 'team-audit-rebuild dynamodb:GetItem', 'team-audit-rebuild dynamodb:Query', 'team-audit-rebuild dynamodb:BatchGetItem', 'team-audit-rebuild dynamodb:Scan'],
    async play(world) {
      const requestId = await askFreely(world, 10);
      await world.until('AccessGranted.v1', requestId, 1);
      await world.pass(0.1);
      const item = await lifecycle(world, requestId);
      await remove(world, item);
      await world.system.invoke('team-audit-rebuild', {});
      const again = await lifecycle(world, requestId);
      expectThat(JSON.stringify(Object.keys((again?.['state'] as object | undefined) ?? {}).sort()) === JSON.stringify(Object.keys(item?.['state'] ?? {}).sort()), 'it is not there again');
    },
  },
  {
    name: 'what was missed wrongly is set right from the trail',
    shows: ['team-audit-rebuild dynamodb:UpdateItem', 'team-audit-rebuild events:PutEvents'],
    async play(world) {
      const requestId = await askForProduction(world);
      await world.until('ApprovalRequested.v1', requestId, 0.5);
      await world.pass(0.1);
      const item = await lifecycle(world, requestId);
      const { approvalRequested: _, ...state } = { ...(item?.['state'] as Lifecycle) };
      const stall = { missing: ['ApprovalRequested.v1'], boundSeconds: 300, since: new Date(world.now()).toISOString(), lastSeen: state.lastSeen };
      await put(world, { ...item, state: { ...state, stalls: { taken: stall } } });
      await world.system.invoke('team-audit-rebuild', { requestId });
      await world.pass(0.1);
      const said = world.events(requestId).findLast(({ detailType }) => detailType === 'LifecycleStalled.v1');
      expectThat(said?.detail.data['clearedAt'] !== undefined, 'it is missed still');
    },
  },
];

type Item = Record<string, unknown> | undefined;

async function lifecycle(world: World, requestId: string): Promise<Item> {
  const { Item: item } = await world.system.clients('deployment').documents.send(new GetCommand({ TableName: tables.lifecycles, Key: { pk: `lifecycle#${requestId}` } }));
  return item;
}

const put = async (world: World, item: Item): Promise<void> => void (await world.system.clients('deployment').documents.send(new PutCommand({ TableName: tables.lifecycles, Item: item })));

const remove = async (world: World, item: Item): Promise<void> => void (await world.system.clients('deployment').documents.send(new DeleteCommand({ TableName: tables.lifecycles, Key: { pk: item?.['pk'] } })));
