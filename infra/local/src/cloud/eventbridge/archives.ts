import { AwsError } from '../aws-error.ts';
import type { DurableMap, Store } from '../store.ts';
import type { BusEvent } from './event.ts';
import type { Matcher } from './pattern.ts';
import { matcherOf, type Bus } from './rules.ts';

export interface Archive {
  readonly name: string;
  readonly busArn: string;
  /** Everything, where it is not given. */
  readonly pattern?: string;
  readonly description?: string;
  /** 0 keeps for ever. */
  readonly retentionDays: number;
  readonly createdMs: number;
}

/** An event in an archive. */
export interface ArchivedEvent {
  /** From 1, without gaps, in the order in which the bus took the events. */
  readonly sequence: number;
  readonly takenMs: number;
  readonly event: BusEvent;
}

const dayMs = 86_400_000;

/** What was put on a bus, kept in order. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html */
export class Archives {
  readonly #store: Store;
  readonly #archives: DurableMap<Archive>;
  readonly #matchers = new Map<string, Matcher>();
  readonly #next = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
    this.#archives = store.map<Archive>('events/archives');
    for (const archive of this.#archives.values()) this.#open(archive);
  }

  create(archive: Archive): void {
    if (this.#archives.has(archive.name)) throw new AwsError('ResourceAlreadyExistsException', `Archive ${archive.name} already exists.`);
    this.#open(archive);
    this.#archives.set(archive.name, archive);
  }

  /** With everything in it. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteArchive.html */
  delete(name: string): void {
    const events = this.#events(this.get(name).name);
    for (const [key] of [...events.entries()]) events.delete(key);
    this.#archives.delete(name);
    this.#matchers.delete(name);
    this.#next.delete(name);
  }

  get(name: string): Archive {
    const archive = this.#archives.get(name);
    if (archive === undefined) throw new AwsError('ResourceNotFoundException', `Archive ${name} does not exist.`);
    return archive;
  }

  list(): Archive[] {
    return [...this.#archives.values()];
  }

  append(bus: Bus, event: BusEvent, nowMs: number): void {
    for (const archive of this.#archives.values()) {
      if (archive.busArn !== bus.arn || this.#matchers.get(archive.name)?.(event) === false) continue;
      const events = this.#events(archive.name);
      const sequence = this.#next.get(archive.name) ?? 1;
      this.#next.set(archive.name, sequence + 1);
      events.set(String(sequence), { sequence, takenMs: nowMs, event });
      if (archive.retentionDays > 0) forgetOld(events, nowMs - archive.retentionDays * dayMs);
    }
  }

  /** Up to `max` events from a sequence number on, in order. */
  read(name: string, from: number, max: number): ArchivedEvent[] {
    const events = this.#events(this.get(name).name);
    const [oldest] = events.values();
    const found: ArchivedEvent[] = [];
    for (let sequence = Math.max(from, oldest?.sequence ?? 1); found.length < max; sequence++) {
      const event = events.get(String(sequence));
      if (event === undefined) break;
      found.push(event);
    }
    return found;
  }

  size(name: string): { events: number; bytes: number } {
    const events = [...this.#events(name).values()];
    return { events: events.length, bytes: events.reduce((sum, { event }) => sum + Buffer.byteLength(JSON.stringify(event)), 0) };
  }

  #open(archive: Archive): void {
    this.#matchers.set(archive.name, archive.pattern === undefined ? () => true : matcherOf(archive.pattern));
    const sequences = [...this.#events(archive.name).values()].map(({ sequence }) => sequence);
    this.#next.set(archive.name, (sequences.at(-1) ?? 0) + 1);
  }

  #events(name: string): DurableMap<ArchivedEvent> {
    return this.#store.map<ArchivedEvent>(`events/archive/${name}`);
  }
}

/** The map is in the order of insertion, so the old ones stand first. */
function forgetOld(events: DurableMap<ArchivedEvent>, beforeMs: number): void {
  for (const [key, { takenMs }] of events.entries()) {
    if (takenMs >= beforeMs) return;
    events.delete(key);
  }
}
