import { jest } from '@jest/globals';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { accessRequestedV1 } from '@team/contracts';
import * as z from 'zod';
import { AwsError } from '../../infra/local/src/cloud/aws-error.ts';
import { ask, type SeenEvent, type World, type WorldOptions } from '../../infra/local/src/play/world.ts';
import type { SystemOptions } from '../../infra/local/src/system/options.ts';
import { emeka, monday, prodPayments, wren } from '../journeys/worlds.ts';

type Intercept = NonNullable<SystemOptions['intercept']>;
type RoutedCall = Parameters<Intercept>[0];

/** What happens to a call: nothing, never answered (before or after it took effect), or an error. */
export type Fate = 'pass' | 'die-before' | 'die-after' | AwsError;

const fiveServices = new Set(['team.request', 'team.approval', 'team.expiry', 'team.provisioning', 'team.audit']);

/**
 * A world in which `fateOf` says what becomes of each call of a service from now on; people and systems around it are spared.
 * The machine's clock stands at the world's time: Powertools reads no other.
 */
export async function hostileWorld(fateOf: (call: RoutedCall, world: World) => Fate, options: Partial<WorldOptions> = {}): Promise<World> {
  const begun: { world?: World } = {};
  const never = new Promise<never>(() => undefined);
  const intercept: Intercept = async (call, next) => {
    const fate = begun.world !== undefined && fiveServices.has(call.caller.name) ? fateOf(call, begun.world) : 'pass';
    if (fate === 'pass') return next();
    if (fate === 'die-before') return never;
    if (fate instanceof AwsError) throw fate;
    await next();
    return never;
  };
  const world = await monday({ ...options, more: { ...options.more, intercept } });
  jest.spyOn(Date, 'now').mockImplementation(() => world.now());
  begun.world = world;
  return world;
}

export const throttled = (code = 'ThrottlingException'): AwsError => new AwsError(code, 'Rate exceeded');
export const broken = (): AwsError => new AwsError('InternalServerError', 'The service is not available', 500);

/** Asks for read access to production for ten minutes, which takes an approval. */
export async function askForProduction(world: World, more: Parameters<typeof ask>[4] = {}): Promise<string> {
  const requestId = world.newId();
  await world.emit('deploy-pipeline', accessRequestedV1, ask(requestId, wren, prodPayments, 'ReadOnlyAccess', { durationMinutes: 10, ...more }));
  return requestId;
}

/** The same, approved as soon as anybody is asked; `meanwhile` happens just before that. */
export async function approvedLife(world: World, more: Parameters<typeof ask>[4] = {}, meanwhile: () => void = () => undefined): Promise<string> {
  const requestId = await askForProduction(world, more);
  await world.until('ApprovalRequested.v1', requestId);
  meanwhile();
  await world.decide(requestId, 'approve', emeka);
  return requestId;
}

/** User ids that hold read access to production. */
export const inProduction = (world: World): Promise<string[]> => world.assigned(prodPayments, world.permissionSet('ReadOnlyAccess').PermissionSetArn);

export const ofType = (world: World, detailType: string, requestId?: string): SeenEvent[] =>
  world.events(requestId).filter((event) => event.detailType === detailType);

const requestEnds = ['AccessRequestRejected.v1', 'AccessDenied.v1', 'ApprovalExpired.v1', 'AccessCancelled.v1', 'AccessApproved.v1'];

/** How a request came out before any of its grants began, each distinct fact once. */
export const outcomesOf = (world: World, requestId: string): string[] =>
  [...new Set(world.events(requestId).filter(({ detailType }) => requestEnds.includes(detailType)).map(({ detailType }) => detailType))];

/** How each grant ended for good: distinct ways, by grant. */
export function endsOf(world: World, requestId: string): Record<string, string[]> {
  const ends = new Map<string, Set<string>>();
  for (const { detailType, detail } of world.events(requestId)) {
    const how = detailType === 'AccessEnded.v1' ? String(detail.data['how']) : detailType === 'AccessGrantFailed.v1' && detail.data['final'] === true ? 'failed' : undefined;
    const grantId = String(detail.data['grantId']);
    if (how !== undefined) ends.set(grantId, (ends.get(grantId) ?? new Set()).add(how));
  }
  return Object.fromEntries([...ends].map(([grantId, hows]) => [grantId, [...hows]]));
}

/** Names of dead-letter queues that hold something. */
export function deadLetters(world: World): string[] {
  const queues = ['request-inbox', 'request-timers', 'approval-inbox', 'approval-timers', 'expiry-inbox', 'expiry-timers', 'provisioning-inbox', 'provisioning-timers', 'audit-inbox', 'audit-follow', 'audit-timers'];
  return queues.filter((name) => world.system.queues.peek(`team-${name}-dlq`).length > 0);
}

/** Aggregates whose outbox still holds something, of all services but audit. */
export async function unpublished(world: World): Promise<string[]> {
  const left: string[] = [];
  for (const service of ['request', 'approval', 'expiry', 'provisioning']) {
    const { Items = [] } = await world.system.clients('deployment').documents.send(new ScanCommand({ TableName: `team-${service}-aggregates` }));
    left.push(...Items.filter(({ outbox }) => Object.keys(outbox as object).length > 0).map(({ pk }) => String(pk)));
  }
  return left;
}

const verification = z.object({ records: z.number(), problems: z.array(z.unknown()), next: z.string().optional() });

/** What audit says about itself: its problems, and how many distinct events of the bus it has no record of. */
export async function audited(world: World): Promise<{ problems: unknown[]; missing: number }> {
  // What the audit service tells of its records is no record itself.
  const toRecord = world.events().filter(({ source, detailType }) => source !== 'team.audit' || detailType !== 'AuditRecorded.v1');
  const distinct = new Set(toRecord.map(({ source, account, detailType, detail }) => JSON.stringify([source, account, detailType, detail])));
  let records = 0;
  const problems: unknown[] = [];
  for (let after: string | undefined; ; ) {
    const answer = verification.parse(await world.system.invoke('team-audit-query', { op: 'verify', ...(after === undefined ? {} : { after }) }));
    records += answer.records;
    problems.push(...answer.problems);
    if (answer.next === undefined) return { problems, missing: distinct.size - records };
    after = answer.next;
  }
}
