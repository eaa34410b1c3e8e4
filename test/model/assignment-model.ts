import type { Bounds } from '../../services/provisioning/src/domain/assignment.ts';
import type { AssignmentCommand, GrantRef } from '../../services/provisioning/src/domain/commands.ts';
import { decide } from '../../services/provisioning/src/domain/decide.ts';
import { evolve } from '../../services/provisioning/src/domain/evolve.ts';
import { dueAt, nextStep, workOf } from '../../services/provisioning/src/domain/next-step.ts';
import { checkAt } from '../../services/provisioning/src/domain/watch.ts';
import { someone, startMs } from '../../services/provisioning/test/examples.ts';
import { brokenRule, isAtRest, judge } from './assignment-rules.ts';
import { callMs, checkEveryMs, doubtOf, hourMs, keyOf, leaseMs, tickMs, type World } from './assignment-world.ts';
import { beginStep, goOn, type Reply, type Step } from './drive-replay.ts';
import type { Model, Move } from './explore.ts';
import { answersOf, awsMoves, handMoves } from './identity-center-model.ts';

/** What is explored. */
export interface Instance {
  /** For each grant: the windows of which one may come, in ticks from when it comes. */
  readonly grants: readonly (readonly WindowInTicks[])[];
  /** How many passes there are at once, at most: one whose lease is over may still be at it. Default: two. */
  readonly passes?: 1 | 2;
  /** How many faults there are, at most. Default: any number. */
  readonly faults?: number;
  /** Whether people make and remove the assignment by hand: from the beginning, or whenever they like. */
  readonly byHand?: 'made-before' | 'any-time';
  /** Whether what was granted and is gone is created again. */
  readonly recreateMissing?: boolean;
}

interface WindowInTicks {
  readonly notBefore: number;
  readonly openBy: number;
  readonly latestEnd: number;
}

/** The functions that are explored; the real ones unless a test plants a mistake. */
export interface Parts {
  readonly nextStep: typeof nextStep;
  readonly decide: typeof decide;
  readonly evolve: typeof evolve;
  /** The state that a command is decided on: what is stored, not what was loaded before. */
  readonly decidedOn: (stored: World['item'], loaded: World['item']) => World['item'];
  /** The state that is stored after a command, before anybody hears of it. */
  readonly stored: (before: World['item'], after: World['item']) => World['item'];
  /** Whether a call may reach AWS whenever it likes. */
  readonly callsLinger: boolean;
}

const realParts: Parts = { nextStep, decide, evolve, decidedOn: (stored) => stored, stored: (_before, after) => after, callsLinger: false };

const refOf = (index: number): GrantRef => ({ grantId: String(index), requestId: `request ${index}`, assignment: someone });

function boundsOf({ notBefore, openBy, latestEnd }: WindowInTicks, now: number): Bounds {
  return { notBefore: now + notBefore * tickMs, openBy: now + openBy * tickMs, durationMinutes: tickMs / 60_000, latestEnd: now + latestEnd * tickMs };
}

interface Applied {
  readonly world: World;
  readonly reply: Extract<Reply, { events: unknown }>;
  readonly broken?: string | undefined;
}

/** Everything that can happen to one assignment: windows, ends, time, two passes, Identity Center, faults. */
export function assignmentModel({ grants, passes = 2, faults = Infinity, byHand, recreateMissing = false }: Instance, planted: Partial<Parts> = {}): Model<World> {
  const parts = { ...realParts, ...planted };
  const choices = { nextStep: parts.nextStep, recreateMissing };

  /** A command decided and stored, and what was said judged. */
  const apply = (world: World, command: AssignmentCommand, loaded?: World['item']): Applied => {
    const on = parts.decidedOn(world.item, loaded);
    const events = parts.decide(on, command, world.now);
    if (events.length === 0) return { world, reply: { state: on, events } };
    let current = { ...world, item: on };
    let broken: string | undefined;
    for (const event of events) {
      const judged = judge(current, event);
      broken ??= judged.broken;
      current = { ...current, grants: judged.grants, item: parts.evolve(current.item, event) };
    }
    return { world: { ...current, item: parts.stored(on, current.item) }, reply: { state: current.item, events }, broken };
  };

  const told = (world: World, label: string, command: AssignmentCommand): Move<World> => {
    const { world: state, broken } = apply(world, command);
    return { label, state, optional: command.type === 'open' || command.type === 'end', broken };
  };

  const eventMoves = (world: World): Move<World>[] =>
    world.grants.flatMap((grant, index) => {
      const end = told({ ...world, grants: world.grants.with(index, { ...grant, endKnown: true }) }, `the end of ${index} comes`, { type: 'end', ...refOf(index) });
      if (grant.window !== undefined) return [end];
      const windows = (grants[index] ?? []).map((ticks) => {
        const window = boundsOf(ticks, world.now);
        const opened = { ...world, grants: world.grants.with(index, { ...grant, window }) };
        const command = { type: 'open', ...refOf(index), windowEventId: `window ${index}`, breakGlass: false, sessionMinutes: 60, bounds: window } as const;
        return told(opened, `window ${index} opens (${ticks.notBefore} to ${ticks.openBy})`, command);
      });
      return [end, ...windows];
    });

  const timeMoves = (world: World): Move<World>[] => {
    const { now, item, passes } = world;
    const moves: Move<World>[] = [];
    if (item !== undefined && (dueAt(item) ?? Infinity) <= now) moves.push(told(world, 'a timer rings', { type: 'due' }));
    if (item !== undefined && (checkAt(item, checkEveryMs) ?? Infinity) <= now) moves.push(told(world, 'the reconciler comes', { type: 'check' }));
    const calls = passes.filter(({ step }) => step?.call?.to === 'create' || step?.call?.to === 'remove');
    const jumps = jumpsIn(doubtOf(item, now)).filter((ms) => parts.callsLinger || calls.every(({ until }) => now + ms < until + callMs));
    moves.push(...jumps.map((ms) => ({ label: `${ms / tickMs} min pass`, state: { ...world, now: now + ms } })));
    return moves;
  };

  const stepTo = (world: World, index: number, step: Step): World => {
    const { until } = step;
    const passes = step.call === undefined ? world.passes.toSpliced(index, 1) : world.passes.with(index, { until, step });
    return { ...world, passes };
  };

  const passMoves = async (world: World): Promise<Move<World>[]> => {
    const { now, item } = world;
    const moves: Move<World>[] = [];
    if (item !== undefined && world.passes.length < passes && world.passes.every(({ until }) => until <= now)) {
      const { workAt = Infinity } = workOf(item);
      if (item.op !== undefined || workAt <= now) {
        const step = await beginStep(choices, item, now + leaseMs, now);
        const begun = { ...world, passes: [...world.passes, { until: step.until, step }] };
        moves.push({ label: 'a pass begins', state: stepTo(begun, world.passes.length, step) });
      }
    }
    for (const [index, { until, step }] of world.passes.entries()) {
      if (step?.call === undefined) continue;
      const { call } = step;
      const who = until > now ? 'the pass' : 'the old pass';
      if (call.to === 'execute') {
        const { world: after, reply, broken } = apply(world, call.command, step.loaded);
        moves.push({ label: `${who} stores ${call.command.type}`, state: stepTo(after, index, await goOn(choices, step, reply, now)), broken });
      } else {
        for (const { label, reply, aws, fault } of answersOf(world, call)) {
          const state = stepTo({ ...world, aws }, index, await goOn(choices, step, reply, now));
          moves.push(...(fault ? faulty(world, `${who}: ${label}`, state) : [{ label: `${who}: ${label}`, state }]));
        }
      }
      moves.push(...faulty(world, `${who} dies`, { ...world, passes: world.passes.with(index, { until }) }));
    }
    return moves;
  };

  return {
    initial: {
      now: startMs,
      item: undefined,
      grants: grants.map(() => ({ endKnown: false, failed: false })),
      aws: { holds: byHand === 'made-before' ? 'by-hand' : 'nothing', twin: false, meddled: false, operations: [], begun: 0 },
      passes: [],
      faults,
    },
    async moves(world) {
      const moves = [...timeMoves(world), ...eventMoves(world), ...(await passMoves(world)), ...awsMoves(world, faulty)];
      return [...moves, ...(byHand === 'any-time' ? handMoves(world) : [])].map((move) => ({ ...move, state: tidied(move.state) }));
    },
    key: keyOf,
    broken: brokenRule,
    atRest: isAtRest,
  };
}

/** How much time may pass at once: a minute or an hour; and while something is in doubt, as long as until it is looked into. */
function jumpsIn(doubt: number | undefined): number[] {
  if (doubt === undefined || doubt < tickMs) return [tickMs, hourMs];
  return doubt < 4 * tickMs ? [4 * tickMs - doubt, hourMs] : [hourMs];
}

const faulty = (world: World, label: string, state: World): Move<World>[] =>
  world.faults === 0 ? [] : [{ label, optional: true, state: { ...state, faults: world.faults - 1 } }];

/** Without what nobody can ask about any more. */
function tidied(world: World): World {
  const { passes, aws, item, now } = world;
  const left = passes.filter(({ until, step }) => step !== undefined || until > now);
  const meant = new Set([item?.op?.awsRequestId, ...left.flatMap(({ step }) => [step?.loaded.op?.awsRequestId, acceptedId(step)])]);
  const operations = aws.operations.filter(({ id, status }) => status === 'in-progress' || meant.has(id));
  return { ...world, passes: left, aws: { ...aws, operations } };
}

const acceptedId = (step: Step | undefined): string | undefined =>
  step?.call?.to === 'execute' && step.call.command.type === 'accepted' ? step.call.command.awsRequestId : undefined;
