import type { AssignmentState, Operation } from './assignment.ts';
import { tryLater } from './back-off.ts';
import type { AssignmentCommand } from './commands.ts';
import type { AssignmentEvent } from './events.ts';
import { ended, granted } from './facts.ts';
import { endingHolds, grantedHolds, openableHolds } from './holds.ts';
import { nextStep } from './next-step.ts';
import { minuteMs, timestamp } from './time.ts';

type Looked = Extract<AssignmentCommand, { type: 'looked' }>;
type BeginRemoval = Extract<AssignmentCommand, { type: 'begin-removal' }>;

/**
 * AWS documents no consistency of its reads. So shortly after our own removal, or a creation that was lost, "it is there" still counts
 * as ours: sparing what was made by hand in these minutes is worth less than ending what we made.
 */
const readsSettleMs = 5 * minuteMs;

/** The answer to a look. What is judged from it, and the operation begun because of it, are one write. */
export function looked(state: AssignmentState, command: Looked, now: number): AssignmentEvent[] {
  return nextStep(state, now) !== 'look' ? [] : command.present ? standing(state, command, now) : gone(state, command, now);
}

/** AWS refused the question for this assignment: asked again later, in whatever direction it was asked for. */
export function unseen(state: AssignmentState, { reason }: Extract<AssignmentCommand, { type: 'unseen' }>, now: number): AssignmentEvent[] {
  if (nextStep(state, now) !== 'look') return [];
  return tryLater(state, openableHolds(state, now).length > 0 ? 'create' : 'delete', reason, now);
}

function standing(state: AssignmentState, { until }: Looked, now: number): AssignmentEvent[] {
  const waiting = openableHolds(state, now);
  if (state.ownership !== 'ours') {
    const perhapsStillOurs = state.goneAt !== undefined && now < state.goneAt + readsSettleMs;
    if (state.ownership === 'unknown' && perhapsStillOurs) return begin(state, 'create', until, now);
    const existing = waiting.map(([grantId, hold]) => granted(state, grantId, hold, 'existed_before', now));
    return state.ownership === 'unknown' ? [{ type: 'FoundExisting', data: { at: now } }, ...existing] : existing;
  }
  const found: AssignmentEvent = { type: 'FoundStanding', data: { at: now } };
  if (waiting.length === 0) return [found, ...begin(state, 'delete', until, now)];
  // Nobody was granted it yet: it is what became of a creation whose success nobody heard of.
  const createdFor = state.stood ? undefined : waiting[0]?.[0];
  return [found, ...grantAll(state, waiting, now, createdFor)];
}

/** The assignment is ours and stands: those who wait share it, and those who were ending leave it to them. */
export function grantAll(state: AssignmentState, waiting: ReturnType<typeof openableHolds>, now: number, createdFor?: string): AssignmentEvent[] {
  const grants = waiting.map(([grantId, hold]) => granted(state, grantId, hold, grantId === createdFor ? 'created' : 'shared', now));
  return [...grants, ...leaveToOthers(state, now)];
}

function leaveToOthers(state: AssignmentState, now: number): AssignmentEvent[] {
  return endingHolds(state).map(([grantId, { requestId }]) =>
    ended(state.assignment, grantId, requestId, { how: 'kept_for_other_grant', endedAt: now }),
  );
}

function gone(state: AssignmentState, { until }: Looked, now: number): AssignmentEvent[] {
  const drift = driftOf(state, now);
  const over = state.ownership === 'ours' ? endAll(state, now) : [];
  return [...drift, ...over, ...(openableHolds(state, now).length > 0 ? begin(state, 'create', until, now) : [])];
}

/** AWS reports that the assignment is not there: what was ours is over, and everything that was ending has ended. */
export function endAll(state: AssignmentState, now: number, sessionMinutes?: number): AssignmentEvent[] {
  const answers = endingHolds(state).map(([grantId, { requestId, grantedAt }]) => {
    // Without a deletion of ours, what stood may have been removed by hand; whoever had it may still have credentials.
    const used = sessionMinutes !== undefined || state.stood || grantedAt !== undefined;
    const removal = { removedAt: now, credentialsUselessBy: now + (sessionMinutes ?? longestSessionMinutes) * minuteMs };
    return ended(state.assignment, grantId, requestId, used ? { how: 'deleted', endedAt: now, ...removal } : { how: 'never_created', endedAt: now });
  });
  return [...answers, { type: 'FoundGone', data: { at: now } }];
}

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html: at most 12 hours. */
export const longestSessionMinutes = 12 * 60;

/** Granted, and not there: somebody removed it behind our back. */
function driftOf(state: AssignmentState, now: number): AssignmentEvent[] {
  const holders = grantedHolds(state).map(([grantId]) => grantId);
  if (holders.length === 0) return [];
  const repair = openableHolds(state, now).length > 0 ? 'create' : 'none';
  return [
    {
      type: 'AssignmentDriftDetected.v1',
      data: { assignment: state.assignment, wanted: 'present', actual: 'absent', grantIds: holders.slice(0, 50), repair, detectedAt: timestamp(now) },
    },
  ];
}

/** What we know to stand is removed without another look. */
export function beginRemoval(state: AssignmentState, { until }: BeginRemoval, now: number): AssignmentEvent[] {
  return nextStep(state, now) === 'delete' ? begin(state, 'delete', until, now) : [];
}

function begin(state: AssignmentState, kind: Operation['kind'], until: number, now: number): AssignmentEvent[] {
  const grantId = openableHolds(state, now)[0]?.[0];
  const forGrant = kind === 'create' && grantId !== undefined ? { grantId } : {};
  return [{ type: 'OperationBegun', data: { kind, epoch: state.epoch + 1, startedAt: now, until, ...forGrant } }];
}
