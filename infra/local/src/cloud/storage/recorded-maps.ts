import type { DurableMap } from '../store.ts';
import { leanCopies } from './lean-copy.ts';

/** One change as the journal holds it: `[map, key, value]` sets, `[map, key]` deletes. */
export type Change = readonly [map: string, key: string, value: unknown] | readonly [map: string, key: string];

/** The maps of a store by name, with a record of what changed since it was last taken. What they keep are copies: as it was when it was set. */
export class RecordedMaps {
  readonly #maps = new Map<string, Map<string, unknown>>();
  readonly #lean = leanCopies();
  #changes: Change[] = [];

  map<T>(name: string): DurableMap<T> {
    return new RecordedMap<T>(name, this.#contents<T>(name), this.#lean, (change) => this.#changes.push(change));
  }

  takeChanges(): readonly Change[] {
    const taken = this.#changes;
    this.#changes = [];
    return taken;
  }

  /** Applies a change read from disk, without recording it. */
  apply(change: Change): void {
    const contents = this.#contents<unknown>(change[0]);
    if (change.length === 3) contents.set(change[1], this.#lean(change[2]));
    else contents.delete(change[1]);
  }

  /** Everything, as the changes that would make it from nothing. */
  *all(): IterableIterator<Change> {
    for (const [name, contents] of this.#maps) for (const [key, value] of contents) yield [name, key, value];
  }

  /** The journal is untyped; who asks for a map knows what it put there. */
  #contents<T>(name: string): Map<string, T>;
  #contents(name: string): Map<string, unknown> {
    let contents = this.#maps.get(name);
    if (contents === undefined) this.#maps.set(name, (contents = new Map<string, unknown>()));
    return contents;
  }
}

class RecordedMap<T> implements DurableMap<T> {
  readonly #name: string;
  readonly #contents: Map<string, T>;
  readonly #lean: (value: T) => T;
  readonly #record: (change: Change) => void;

  constructor(name: string, contents: Map<string, T>, lean: (value: T) => T, record: (change: Change) => void) {
    this.#name = name;
    this.#contents = contents;
    this.#lean = lean;
    this.#record = record;
  }

  get size(): number {
    return this.#contents.size;
  }

  get(key: string): T | undefined {
    return this.#contents.get(key);
  }

  has(key: string): boolean {
    return this.#contents.has(key);
  }

  set(key: string, value: T): void {
    const kept = this.#lean(value);
    this.#contents.set(key, kept);
    this.#record([this.#name, key, kept]);
  }

  delete(key: string): boolean {
    const existed = this.#contents.delete(key);
    if (existed) this.#record([this.#name, key]);
    return existed;
  }

  entries(): IterableIterator<[string, T]> {
    return this.#contents.entries();
  }

  values(): IterableIterator<T> {
    return this.#contents.values();
  }
}
