import type { AssignmentState, Operation } from './assignment.ts';
import { tryLater } from './back-off.ts';
import { inDoubt, mayLag } from './doubt.ts';
import type { AssignmentCommand } from './commands.ts';
import type { AssignmentEvent } from './events.ts';
import { deletedAnswer, ended, granted, missingDrift, surplusDrift } from './facts.ts';
import { endOf, endingHolds, grantedHolds, openableHolds, reopenableHolds, wantedHolds } from './holds.ts';
import { mustGo, nextStep } from './next-step.ts';

type Looked = Extract<AssignmentCommand, { type: 'looked' }>;
type BeginRemoval = Extract<AssignmentCommand, { type: 'begin-removal' }>;

/** The answer to a look. What is judged from it, and the operation begun because of it, are one write. */
export function looked(state: AssignmentState, command: Looked, now: number): AssignmentEvent[] {
  if (nextStep(state, now) !== 'look') return [];
  const { present } = command;
  return [{ type: 'Looked', data: { present, at: now } }, ...(present ? standing(state, command, now) : gone(state, command, now))];
}

/** AWS refused the question for this assignment: asked again later, in whatever direction it was asked for. */
export function unseen(state: AssignmentState, { reason }: Extract<AssignmentCommand, { type: 'unseen' }>, now: number): AssignmentEvent[] {
  if (nextStep(state, now) !== 'look') return [];
  if (openableHolds(state, now).length > 0) return tryLater(state, 'create', reason, now);
  return tryLater(state, mustGo(state, now) ? 'delete' : 'look', reason, now);
}

function standing(state: AssignmentState, { until }: Looked, now: number): AssignmentEvent[] {
  const waiting = openableHolds(state, now);
  const found: AssignmentEvent = { type: 'FoundStanding', data: { at: now } };
  const wanted = wantedHolds(state, now).length > 0;
  // Sparing what was made by hand in these minutes is worth less than ending what we made.
  if (state.ownership === 'unknown' && waiting.length > 0 && (inDoubt(state, now) || mayLag(state, now))) return begin(state, 'create', until, now);
  if (state.ownership !== 'ours' && inDoubt(state, now)) {
    return wanted ? [found] : [surplusDrift(state, now), found, ...begin(state, 'delete', until, now)];
  }
  if (state.ownership !== 'ours') {
    const existing = waiting.map(([grantId, hold]) => granted(state, grantId, hold, 'existed_before', now));
    return state.ownership === 'unknown' && wanted ? [{ type: 'FoundExisting', data: { at: now } }, ...existing] : existing;
  }
  if (waiting.length === 0) return wanted ? [found] : [found, ...begin(state, 'delete', until, now)];
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

function gone(state: AssignmentState, { until, recreate }: Looked, now: number): AssignmentEvent[] {
  const again = recreate && state.ownership !== 'existed_before' ? reopenableHolds(state, now) : [];
  const [forGrant] = [...openableHolds(state, now), ...again];
  const deprived = state.missing ? [] : grantedHolds(state).filter(([, hold]) => now < endOf(hold));
  const drift = deprived.length === 0 ? [] : [missingDrift(state, deprived, forGrant === undefined ? 'none' : 'create', now)];
  const over = state.ownership === 'ours' ? endAll(state, now) : [];
  return [...drift, ...over, ...(forGrant === undefined ? [] : begin(state, 'create', until, now, forGrant[0]))];
}

/**
 * AWS reports that the assignment is not there: what was ours is over, and everything that was ending has ended. `sessionMinutes`: what
 * the permission set says now; credentials that were issued while it said more last longer.
 */
export function endAll(state: AssignmentState, now: number, sessionMinutes?: number): AssignmentEvent[] {
  const answers = endingHolds(state).map(([grantId, { requestId, grantedAt, sessionMinutes: asked = 0 }]) => {
    // Without a deletion of ours, what stood may have been removed by hand; whoever had it may still have credentials.
    const used = sessionMinutes !== undefined || state.stood || grantedAt !== undefined;
    const longest = sessionMinutes === undefined ? undefined : Math.max(sessionMinutes, asked, state.longestSession ?? 0);
    return ended(state.assignment, grantId, requestId, used ? deletedAnswer(now, now, longest) : { how: 'never_created', endedAt: now });
  });
  const unsure = sessionMinutes === undefined && state.stood;
  return [...answers, { type: 'FoundGone', data: unsure ? { at: now, unsure } : { at: now } }];
}

/** What we know to stand is removed without another look. */
export function beginRemoval(state: AssignmentState, { until }: BeginRemoval, now: number): AssignmentEvent[] {
  return nextStep(state, now) === 'delete' ? begin(state, 'delete', until, now) : [];
}

function begin(state: AssignmentState, kind: Operation['kind'], until: number, now: number, grantId = openableHolds(state, now)[0]?.[0]): AssignmentEvent[] {
  const forGrant = kind === 'create' && grantId !== undefined ? { grantId } : {};
  return [{ type: 'OperationBegun', data: { kind, epoch: state.epoch + 1, startedAt: now, until, ...forGrant } }];
}
