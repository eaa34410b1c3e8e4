import type { AssignmentState, Bounds, EndedHow, GrantedHow, Operation } from '../../services/provisioning/src/domain/assignment.ts';
import type { AssignmentCommand } from '../../services/provisioning/src/domain/commands.ts';
import { endingHolds, grantedHolds, liveHolds } from '../../services/provisioning/src/domain/holds.ts';
import { minuteMs } from '../../services/provisioning/src/domain/time.ts';
import { inDoubt } from '../../services/provisioning/src/domain/doubt.ts';
import type { Step } from './drive-replay.ts';

/** Time goes on by this much at once (ms): longer than the longest wait after a failed try, and two make an operation's caller late. */
export const tickMs = minuteMs;
/** A pass's lease lasts one tick. */
export const leaseMs = tickMs;
/** A call that was begun within a lease reaches AWS within this time after it, or never (ms). */
export const callMs = 15_000;
export const hourMs = 60 * minuteMs;
/** How often the reconciler has a held assignment looked at (ms). */
export const checkEveryMs = tickMs;

/** What was told about a grant, and what was said about it; kept beside the state, to judge it. */
export interface Grant {
  readonly window?: Bounds;
  readonly endKnown: boolean;
  readonly granted?: { readonly how: GrantedHow; readonly at: number };
  readonly failed: boolean;
  readonly ended?: EndedHow;
}

export interface AwsOperation {
  readonly id: string;
  readonly kind: Operation['kind'];
  readonly status: 'in-progress' | 'succeeded' | 'failed';
}

/** Identity Center, as far as one assignment goes. */
export interface Aws {
  /** `ours`: a creation of ours made it, or came over it. */
  readonly holds: 'nothing' | 'ours' | 'by-hand';
  /** It was made by hand when we could not see it any more: between our look and the write that stores our creation, or afterwards. */
  readonly twin: boolean;
  /** Somebody removed it by hand. */
  readonly meddled: boolean;
  readonly operations: readonly AwsOperation[];
  readonly begun: number;
}

/** A pass that drives the assignment, or died doing so. */
export interface Pass {
  readonly until: number;
  readonly step?: Step;
}

export interface World {
  readonly now: number;
  readonly item: AssignmentState | undefined;
  readonly grants: readonly Grant[];
  readonly aws: Aws;
  readonly passes: readonly Pass[];
  /** How many faults may still come. */
  readonly faults: number;
}

/** How far off a moment is; everything that is over is alike. */
const off = (at: number, now: number, over = 0): string => (at - now <= over ? '-' : String((at - now) / 1_000));

/** When a grant ends by itself, as far as it was told and granted (ms). */
export function endOf({ window, granted }: Grant): number {
  if (window === undefined) return Infinity;
  return granted === undefined ? window.latestEnd : Math.min(granted.at + window.durationMinutes * minuteMs, window.latestEnd);
}

/** For how long it has been in doubt whether what was ours and is gone turns up again (ms); undefined where it is not. */
export function doubtOf(item: AssignmentState | undefined, now: number): number | undefined {
  return item?.goneAt !== undefined && item.ownership !== 'ours' && inDoubt({ ...item, ownership: 'unknown' }, now) ? now - item.goneAt : undefined;
}

interface Holders {
  /** Who holds it, and who is ending, in the order that counts. */
  readonly order: string;
  /** When a held assignment was last known to be there. */
  readonly knownAt: number | undefined;
}
const holders = new WeakMap<AssignmentState, Holders>();

function holdersOf(item: AssignmentState): Holders {
  const known = holders.get(item);
  if (known !== undefined) return known;
  const ids = [liveHolds(item), endingHolds(item)].map((entries) => entries.map(([grantId]) => grantId).join());
  const granted = grantedHolds(item).map(([, hold]) => hold.grantedAt ?? 0);
  const found = { order: ids.join(';'), knownAt: granted.length === 0 ? undefined : Math.max(item.lookedAt ?? 0, ...granted) };
  holders.set(item, found);
  return found;
}

/** Of a state, who holds it; and the moments that still count: those of a doubt, and of the next look at what is held. */
function holdersKey(item: AssignmentState | undefined, now: number): string {
  if (item === undefined) return '';
  const { goneAt = 0, lookedAt = 0, lookAsked, missing, unsure } = item;
  const { order, knownAt } = holdersOf(item);
  const doubt = doubtOf(item, now);
  const look = knownAt === undefined ? '' : off(knownAt + checkEveryMs, now);
  return [order, look, doubt, doubt !== undefined && lookedAt >= goneAt + minuteMs, lookAsked !== undefined, missing, unsure].join();
}

function grantKey(grant: Grant, status: string, now: number): string {
  const { window, endKnown, granted, failed, ended } = grant;
  const over = ended !== undefined || failed || endKnown;
  const times = window === undefined || over ? '' : [window.notBefore, window.openBy + 1, window.latestEnd, endOf(grant)].map((at) => off(at, now)).join();
  return [status, window === undefined ? '' : 'w', endKnown ? 'e' : '', granted?.how ?? '', failed ? 'f' : '', ended ?? '', times].join();
}

/** Equal for worlds that go on alike: moments count by how far off they are, numbers of operations by whether they are still meant. */
export function keyOf({ now, item, grants, aws, passes, faults }: World): string {
  const idOf = (awsRequestId: string | undefined): string => {
    const index = aws.operations.findIndex(({ id }) => id === awsRequestId);
    return awsRequestId === undefined ? '' : String(index);
  };
  const fresh = (epoch: number | undefined): string => (epoch === undefined ? '' : epoch === item?.epoch ? 'fresh' : 'stale');
  const opKey = (op: Operation | undefined): string =>
    op === undefined ? '' : `${op.kind} ${fresh(op.epoch)} ${off(op.until, now)} ${op.grantId ?? ''} ${idOf(op.awsRequestId)}`;
  const commandKey = (command: AssignmentCommand): string => {
    const epoch = 'epoch' in command ? fresh(command.epoch) : '';
    const present = 'present' in command ? String(command.present) : '';
    const refusal = command.type === 'refused' ? command.refusal : '';
    const until = 'until' in command ? off(command.until, now) : '';
    return [command.type, epoch, present, refusal, until, command.type === 'accepted' ? idOf(command.awsRequestId) : ''].join(' ');
  };
  const passKey = ({ until, step }: Pass): string => {
    const lease = off(until, now, -tickMs);
    if (step?.call === undefined) return lease;
    const { call, loaded, begun } = step;
    // All that a step goes by from here on: the operation that it began, or the number and the operation that it loaded.
    if (call.to === 'execute') return [lease, commandKey(call.command)].join('/');
    if (call.to === 'create' || call.to === 'remove') return [lease, call.to, fresh(begun)].join('/');
    return [lease, call.to, fresh(loaded.epoch), loaded.op?.kind, idOf(loaded.op?.awsRequestId)].join('/');
  };
  const { ownership, confirmed, stood, op, backOff } = item ?? {};
  return [
    ...grants.map((grant, index) => grantKey(grant, item?.holds[String(index)]?.status ?? '', now)),
    ...[holdersKey(item, now), ownership, confirmed, stood, opKey(op)],
    backOff === undefined || backOff.nextAt <= now ? '' : backOff.kind,
    ...[aws.holds, aws.twin, aws.meddled, ...aws.operations.map(({ kind, status }) => kind + status)],
    ...passes.map(passKey).sort(),
    faults,
  ].join('|');
}
