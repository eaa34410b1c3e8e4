import type { Change, DurableMap } from '../store.ts';
import { keptValues, type KeptValues } from './kept-values.ts';

/** The maps of a store by name, with a record of what changed since it was last taken. What they keep are copies: as it was when it was set. */
export class RecordedMaps {
  readonly #maps = new Map<string, Map<string, unknown>>();
  readonly #values: KeptValues;
  #changes: Change[] = [];

  /** Values with more JSON text than `textAbove` (UTF-16 units) are kept as text. */
  constructor({ textAbove = Infinity }: { textAbove?: number } = {}) {
    this.#values = keptValues(textAbove);
  }

  map<T>(name: string): DurableMap<T> {
    return new RecordedMap<T>(name, this.#contents(name), this.#values, (change) => this.#changes.push(change));
  }

  takeChanges(): readonly Change[] {
    const taken = this.#changes;
    this.#changes = [];
    return taken;
  }

  /** Applies a change read from disk, without recording it. */
  apply([map, key, json]: Change): void {
    if (json === undefined) this.#contents(map).delete(key);
    else this.#contents(map).set(key, this.#values.keep(json));
  }

  /** Everything, as the changes that would make it from nothing. */
  *all(): IterableIterator<Change> {
    for (const [name, contents] of this.#maps) for (const [key, kept] of contents) yield [name, key, this.#values.textOf(kept)];
  }

  #contents(name: string): Map<string, unknown> {
    let contents = this.#maps.get(name);
    if (contents === undefined) this.#maps.set(name, (contents = new Map<string, unknown>()));
    return contents;
  }
}

class RecordedMap<T> implements DurableMap<T> {
  readonly #name: string;
  readonly #contents: Map<string, unknown>;
  readonly #values: KeptValues;
  readonly #record: (change: Change) => void;

  constructor(name: string, contents: Map<string, unknown>, values: KeptValues, record: (change: Change) => void) {
    this.#name = name;
    this.#contents = contents;
    this.#values = values;
    this.#record = record;
  }

  get size(): number {
    return this.#contents.size;
  }

  get(key: string): T | undefined {
    const kept = this.#contents.get(key);
    return kept === undefined ? undefined : this.#read(kept);
  }

  has(key: string): boolean {
    return this.#contents.has(key);
  }

  set(key: string, value: T): void {
    const json = JSON.stringify(value);
    this.#contents.set(key, this.#values.keep(json));
    this.#record([this.#name, key, json]);
  }

  delete(key: string): boolean {
    const existed = this.#contents.delete(key);
    if (existed) this.#record([this.#name, key]);
    return existed;
  }

  *entries(): IterableIterator<[string, T]> {
    for (const [key, kept] of this.#contents) yield [key, this.#read(kept)];
  }

  *values(): IterableIterator<T> {
    for (const kept of this.#contents.values()) yield this.#read(kept);
  }

  /** What is kept is untyped; who asks for a map knows what it put there. */
  #read(kept: unknown): T;
  #read(kept: unknown): unknown {
    return this.#values.read(kept);
  }
}
