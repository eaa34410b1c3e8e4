import type { Clock } from './clock.ts';

export interface KeptOptions<Asked> {
  readonly now: Clock;
  /** How old a value may be (ms), counted from when its loading began. */
  readonly maxAgeMs: number;
  /** So many values are kept before the longest known is let go; 5,000 unless told. */
  readonly most?: number;
  /** Under what the value for this is kept. */
  keyOf(asked: Asked): string;
}

/**
 * What is loaded for each key and kept for some time, shared by all who ask meanwhile; `anew` loads it again for everybody. What could not be
 * loaded is not kept.
 *
 * @example const policies = kept({ now, maxAgeMs: 60_000, keyOf: (id: string) => id }, (id) => load(id))
 */
export function kept<Asked, Value>({ now, maxAgeMs, most = 5_000, keyOf }: KeptOptions<Asked>, load: (asked: Asked) => Promise<Value>): (asked: Asked, anew?: boolean) => Promise<Value> {
  const held = new Map<string, { readonly at: number; readonly value: Promise<Value> }>();
  return (asked, anew = false) => {
    const key = keyOf(asked);
    const known = held.get(key);
    if (!anew && known !== undefined && now() - known.at < maxAgeMs) return known.value;
    const entry = { at: now(), value: load(asked) };
    held.delete(key);
    held.set(key, entry);
    entry.value.catch(() => {
      if (held.get(key) === entry) held.delete(key);
    });
    letGo(held, entry.at - maxAgeMs, most);
    return entry.value;
  };
}

/** The same for values that are loaded many at a time: what is not kept of those that are asked for, by one call. That there is none of a key is kept, too. */
export function keptTogether<Value>(
  { now, maxAgeMs, most = 5_000 }: Omit<KeptOptions<never>, 'keyOf'>,
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>> {
  const held = new Map<string, { readonly at: number; readonly value: Promise<Value | undefined> }>();

  /** Each key keeps its own value alone: what was loaded beside it goes when its keys go. */
  function renew(keys: readonly string[], at: number): void {
    const loaded = load(keys);
    for (const key of keys) {
      const entry = { at, value: loaded.then((all) => all.get(key)) };
      held.delete(key);
      held.set(key, entry);
      entry.value.catch(() => {
        if (held.get(key) === entry) held.delete(key);
      });
    }
  }

  return async (keys) => {
    const at = now();
    const old = [...new Set(keys)].filter((key) => at - (held.get(key)?.at ?? -Infinity) >= maxAgeMs);
    if (old.length > 0) renew(old, at);
    const entries = keys.map((key) => [key, held.get(key)?.value] as const);
    letGo(held, at - maxAgeMs, most);
    const values = new Map<string, Value>();
    for (const [key, kept] of entries) {
      const value = await kept;
      if (value !== undefined) values.set(key, value);
    }
    return values;
  };
}

/** Lets go of what was loaded by then, and of the longest known beyond so many: they stand in the order of loading. */
function letGo(held: Map<string, { readonly at: number }>, loadedBy: number, most: number): void {
  for (const [longest, { at }] of held) {
    if (held.size <= most && at > loadedBy) return;
    held.delete(longest);
  }
}
