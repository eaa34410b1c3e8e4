import type { Cause, EventContract } from '@team/contracts';
import type { Clock } from '../clock.ts';
import { OutageError } from '../errors.ts';
import { toOutgoingEvent, type DomainEvent, type OutgoingEvent } from '../events.ts';
import type { NewId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Publisher } from '../publisher.ts';
import type { DueTimers } from './due.ts';
import { unpublishedBytes } from './item.ts';
import type { AggregateStore } from './store.ts';

/** What a service's domain says about one kind of aggregate. All functions are pure. */
export interface AggregateDefinition<State, Command, Event extends DomainEvent> {
  /** What happens when `command` meets `state` at `now` (ms); nothing, where it has been met before. */
  decide(state: State | undefined, command: Command, now: number): readonly Event[];
  evolve(state: State | undefined, event: Event): State;
  /** When the aggregate next has something to do by itself (ms). `decide` must then make progress on `{ type: 'due' }`. */
  dueAt?(state: State): number | undefined;
  /** When the item may be forgotten (ms). */
  forgetAt?(state: State): number | undefined;
  /**
   * Done before `next` is committed, each time it is tried: what others are told of it, so that it is never said of too little. What is
   * done for a state that is not committed in the end stays done.
   */
  prepare?(next: State, before: State | undefined): Promise<void>;
  /** Attributes of the table's own indexes. */
  index?(state: State): Readonly<Record<string, string | number | undefined>>;
}

export interface Outcome<State, Event> {
  readonly state: State | undefined;
  /** Empty where the command changed nothing. */
  readonly events: readonly Event[];
}

export interface Aggregate<State, Command, Event extends DomainEvent> {
  load(key: string): Promise<State | undefined>;
  /**
   * Decides, commits state and events in one conditional write, publishes. Throws an `OutageError`, so that the message is put off:
   * `ERR_CONTENTION` where others keep winning the race, `ERR_OUTBOX_FULL` while too much of what it said before waits for the bus.
   */
  execute(key: string, command: Command, cause?: Cause): Promise<Outcome<State, Event>>;
}

export interface AggregateContext {
  readonly store: AggregateStore;
  readonly publisher: Publisher;
  readonly timers: DueTimers;
  readonly publishes: readonly EventContract[];
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
}

/** Whoever loses decides again at once, since each round has a winner. */
const attempts = 10;
/** Who lost every round comes back when most of the others have been served. */
const contendedSeconds = 5;
/**
 * Nothing is decided on an aggregate while more than this of its facts waits for the bus: state, outbox and what the next commit adds
 * must fit into an item, of which DynamoDB takes 400 KB. Otherwise it could not be written at all in the end.
 */
const mostWaitingBytes = 80_000;

export function createAggregate<State, Command, Event extends DomainEvent>(
  definition: AggregateDefinition<State, Command, Event>,
  context: AggregateContext,
): Aggregate<State, Command, Event> {
  const { store, publisher, timers, clock, newId, logger } = context;
  const contracts = new Map(context.publishes.map((contract) => [contract.detailType, contract]));

  const outgoing = (events: readonly Event[], now: number, cause: Cause): OutgoingEvent[] =>
    events.flatMap((event) => {
      const contract = contracts.get(event.type);
      return contract === undefined ? [] : [toOutgoingEvent(contract, event.data, now, newId, cause)];
    });

  return {
    async load(key) {
      return (await store.load<State>(key))?.state;
    },

    async execute(key, command, cause = {}) {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const item = await store.load<State>(key);
        if (item !== undefined && unpublishedBytes(item.outbox) > mostWaitingBytes) {
          throw new OutageError('ERR_OUTBOX_FULL', `${key} has more than ${mostWaitingBytes} bytes of facts that the bus has not taken; relayed each minute`);
        }
        const now = clock();
        const events = definition.decide(item?.state, command, now);
        if (events.length === 0) return { state: item?.state, events };
        const state = events.reduce<State | undefined>(definition.evolve, item?.state);
        if (state === undefined) throw new TypeError('evolve gave no state');
        const leaving = outgoing(events, now, cause);
        const dueAt = definition.dueAt?.(state);
        const forgetAt = definition.forgetAt?.(state);
        await definition.prepare?.(state, item?.state);
        const committed = await store.commit(key, item?.version ?? 0, {
          state,
          events: leaving,
          dueAt,
          expiresAt: forgetAt === undefined ? undefined : Math.ceil(forgetAt / 1000),
          index: definition.index?.(state) ?? {},
        });
        if (!committed) continue;
        if (dueAt !== undefined && dueAt !== item?.dueAt) await timers.schedule(key, dueAt);
        if (leaving.length > 0) {
          const result = await publisher.publish(leaving);
          for (const { eventId, code, message } of result.refused) logger.warn('event stays in the outbox', { key, eventId, code, because: message });
          if (result.published.length > 0) await store.acknowledge(key, result.published);
        }
        return { state, events };
      }
      const message = `${key} was changed by others ${attempts} times while one command was decided`;
      throw new OutageError('ERR_CONTENTION', message, { retryAfterSeconds: contendedSeconds });
    },
  };
}
