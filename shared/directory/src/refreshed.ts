/** A value that is loaded when first asked for, shared by all who ask meanwhile, and loaded again when it is too old. */
export interface Refreshed<T> {
  /** The value, at most `maxAgeMs` old. Rejects with what `load` rejects with; the next call tries again. */
  current(): Promise<Loaded<T>>;
  /**
   * What `pick` finds in the value. When it finds nothing, what we hold may be older than what is asked for: the value is
   * loaded once more and asked again, at most every `missIntervalMs`, so that unknown names cannot wear out AWS's quota.
   */
  find<R>(pick: (value: T) => R | undefined | Promise<R | undefined>): Promise<R | undefined>;
}

/** `at` is when loading began, in milliseconds since the epoch: nothing that changed later need be in `value`. */
export interface Loaded<T> {
  readonly value: T;
  readonly at: number;
}

/** `load` gets the value held so far when it is called because something was missed, and nothing when the value is too old. */
export interface RefreshedOptions<T> {
  load(held?: T): Promise<T>;
  now(): number;
  maxAgeMs: number;
  missIntervalMs: number;
}

export function refreshed<T>({ load, now, maxAgeMs, missIntervalMs }: RefreshedOptions<T>): Refreshed<T> {
  let held: Loaded<T> | undefined;
  let loading: Promise<Loaded<T>> | undefined;
  let missedAt = -Infinity;

  const reload = (known?: T): Promise<Loaded<T>> => {
    loading ??= loadFrom(known).finally(() => {
      loading = undefined;
    });
    return loading;
  };
  const loadFrom = async (known?: T): Promise<Loaded<T>> => {
    const at = now();
    const value = await load(known);
    held = { value, at };
    return held;
  };
  const current = async (): Promise<Loaded<T>> => (held !== undefined && now() - held.at < maxAgeMs ? held : reload());

  return {
    current,
    async find(pick) {
      const heldBefore = held;
      const first = await current();
      const found = await pick(first.value);
      if (found !== undefined || first !== heldBefore) return found;
      const second = await afterMiss(first);
      return second === first ? undefined : pick(second.value);
    },
  };

  async function afterMiss(seen: Loaded<T>): Promise<Loaded<T>> {
    if (loading !== undefined) return loading;
    if (held !== seen || now() - missedAt < missIntervalMs) return current();
    const again = await reload(seen.value);
    missedAt = again.at;
    return again;
  }
}
