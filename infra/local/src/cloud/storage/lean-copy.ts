/**
 * Makes copies of JSON values as the journal would give them back, which take little memory: what callers hand in is often built on
 * objects without a prototype, as dynalite's are, for which V8 keeps a hash table each, about 200 bytes for `{S: 'x'}`.
 * A value equal to the one copied before is answered with that copy: an item and its index entries are written one after the other.
 */
export function leanCopies(): <T>(value: T) => T {
  let lastText: string | undefined;
  let last: unknown;

  function copyOf<T>(value: T): T;
  function copyOf(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const text = JSON.stringify(value);
    if (text !== lastText) {
      last = JSON.parse(text);
      lastText = text;
    }
    return last;
  }
  return copyOf;
}
