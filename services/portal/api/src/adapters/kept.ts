/** So many values are kept before the oldest is let go. */
const most = 5_000;

/** What is loaded by key and kept for some time (ms), shared by all who ask meanwhile, or loaded anew for all; what could not be loaded is not kept. */
export function kept<Value>(maxAgeMs: number, clock: () => number, load: (key: string) => Promise<Value>): (key: string, anew?: boolean) => Promise<Value> {
  const held = new Map<string, { readonly at: number; readonly value: Promise<Value> }>();
  return (key, anew = false) => {
    const known = held.get(key);
    if (!anew && known !== undefined && clock() - known.at < maxAgeMs) return known.value;
    const value = load(key);
    held.delete(key);
    held.set(key, { at: clock(), value });
    value.catch(() => {
      if (held.get(key)?.value === value) held.delete(key);
    });
    const [oldest] = held.keys();
    if (held.size > most && oldest !== undefined) held.delete(oldest);
    return value;
  };
}
