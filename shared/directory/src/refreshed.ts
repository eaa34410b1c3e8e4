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

export interface RefreshedOptions<T> {
  load(): Promise<T>;
  now(): number;
  maxAgeMs: number;
  missIntervalMs: number;
}

export function refreshed<T>({ load, now, maxAgeMs, missIntervalMs }: RefreshedOptions<T>): Refreshed<T> {
  let held: Loaded<T> | undefined;
  let loading: Promise<Loaded<T>> | undefined;
  let missedAt = -Infinity;

  const reload = (): Promise<Loaded<T>> => {
    loading ??= loadNow().finally(() => {
      loading = undefined;
    });
    return loading;
  };
  const loadNow = async (): Promise<Loaded<T>> => {
    const at = now();
    held = { value: await load(), at };
    return held;
  };
  const current = async (): Promise<Loaded<T>> => (held !== undefined && now() - held.at < maxAgeMs ? held : reload());

  return {
    current,
    async find(pick) {
      const heldBefore = held;
      const askedAt = now();
      const first = await current();
      const found = await pick(first.value);
      const asFreshAsCanBe = first !== heldBefore && first.at >= askedAt;
      if (found !== undefined || asFreshAsCanBe) return found;
      const second = await afterMiss();
      return second === first ? undefined : pick(second.value);
    },
  };

  async function afterMiss(): Promise<Loaded<T>> {
    if (now() - missedAt < missIntervalMs) return current();
    const again = await reload();
    missedAt = again.at;
    return again;
  }
}
