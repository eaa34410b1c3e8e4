import type { DurableMap } from '../store.ts';

/** Bounds and direction of a read in key order, as LevelDB's iterators have them. */
export interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
}

/** A durable map with its keys kept in order, so that a query reads a range. Keys are ASCII here (hexadecimal pieces). */
export class SortedMap<T> {
  readonly #contents: DurableMap<T>;
  readonly #keys: string[];

  constructor(contents: DurableMap<T>) {
    this.#contents = contents;
    this.#keys = [...contents.entries()].map(([key]) => key).sort((a, b) => (a < b ? -1 : 1));
  }

  get size(): number {
    return this.#keys.length;
  }

  get(key: string): T | undefined {
    return this.#contents.get(key);
  }

  set(key: string, value: T): void {
    if (!this.#contents.has(key)) this.#keys.splice(this.#firstAtLeast(key), 0, key);
    this.#contents.set(key, value);
  }

  delete(key: string): void {
    if (this.#contents.delete(key)) this.#keys.splice(this.#firstAtLeast(key), 1);
  }

  clear(): void {
    for (const key of this.#keys.splice(0)) this.#contents.delete(key);
  }

  keys(): readonly string[] {
    return this.#keys;
  }

  /** The keys within the bounds, in order; none is looked for before it is asked for. Nothing may be changed meanwhile. */
  *range(range: Range): IterableIterator<string> {
    const from = Math.max(
      range.gte === undefined ? 0 : this.#firstAtLeast(range.gte),
      range.gt === undefined ? 0 : this.#firstAbove(range.gt),
    );
    const to = Math.min(
      range.lt === undefined ? this.#keys.length : this.#firstAtLeast(range.lt),
      range.lte === undefined ? this.#keys.length : this.#firstAbove(range.lte),
    );
    for (let place = 0; place < to - from; place += 1) {
      const key = this.#keys[range.reverse === true ? to - 1 - place : from + place];
      if (key !== undefined) yield key;
    }
  }

  #firstAtLeast(bound: string): number {
    return this.#first((key) => key >= bound);
  }

  #firstAbove(bound: string): number {
    return this.#first((key) => key > bound);
  }

  #first(holds: (key: string) => boolean): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.#keys[middle] ?? '')) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
