/** One change, its value as JSON text: with a value it sets, without one it deletes. */
export type Change = readonly [map: string, key: string, json: string] | readonly [map: string, key: string];

/**
 * What the stand-ins remember. A stand-in asks for its maps by name once, at construction, and mutates them
 * synchronously; the kernel calls `commit` after each call and each timer callback, which appends everything
 * changed since the last commit as *one* journal line. So what one call changed is on disk whole, or not at all.
 */
export interface Store {
  map<T>(name: string): DurableMap<T>;
  commit(): void;
  /** Everything in it, as the changes that would make it from nothing. */
  all(): Iterable<Change>;
  close(): void;
}

/** A `Map` with string keys whose changes are journaled. Values are JSON; treat a value read from it as immutable and `set` a new one. */
export interface DurableMap<T> {
  get(key: string): T | undefined;
  has(key: string): boolean;
  set(key: string, value: T): void;
  delete(key: string): boolean;
  entries(): IterableIterator<[string, T]>;
  values(): IterableIterator<T>;
  readonly size: number;
}
