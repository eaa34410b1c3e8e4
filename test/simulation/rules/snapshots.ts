/** How something looked, and when. */
export interface Snapshots<Value> {
  /** Called before each call takes effect, it misses nothing that a service could have seen. */
  look(): undefined;
  /** All that it looked like at any moment of a stretch of time (ms, ends included). */
  during(from: number, to: number): readonly Value[];
}

/** Remembers what `read` gives, as lines of text in whatever order, each time that it is another; `valueOf` makes of it what is asked for. */
export function createSnapshots<Value>(read: () => readonly string[], valueOf: (lines: readonly string[]) => Value, now: () => number): Snapshots<Value> {
  const history: { readonly since: number; readonly text: string; readonly value: Value }[] = [];
  const look = (): undefined => {
    const lines = read();
    const text = lines.join('\n');
    if (history.at(-1)?.text !== text) history.push({ since: now(), text, value: valueOf(lines) });
  };
  look();
  return {
    look,
    during: (from, to) => history.filter(({ since }, i) => since <= to && (history[i + 1]?.since ?? Infinity) >= from).map(({ value }) => value),
  };
}
