/** A JSON value kept as its text, which for one of some size takes a fraction of the memory of the objects it stands for. */
class Text {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

/** Keeps JSON values as they were when they were handed in. */
export interface KeptValues {
  /** What to keep of a value whose JSON text is `json`. */
  keep(json: string): unknown;
  /** The value that is kept. */
  read(kept: unknown): unknown;
  /** Its JSON text. */
  textOf(kept: unknown): string;
}

/**
 * Keeps values up to `textAbove` UTF-16 units of JSON as objects, made from their text: what callers hand in is often built on objects
 * without a prototype, as dynalite's are, for which V8 keeps a hash table each, about 200 bytes for `{S: 'x'}`. Larger ones are kept as
 * their text, and parsed each time they are read.
 * A value equal to the one kept before shares its memory: an item and its index entries are written one after the other.
 */
export function keptValues(textAbove: number): KeptValues {
  let lastJson: string | undefined;
  let last: unknown;
  return {
    keep(json) {
      if (json !== lastJson) {
        last = json.length > textAbove ? new Text(json) : JSON.parse(json);
        lastJson = json;
      }
      return last;
    },
    read: (kept): unknown => (kept instanceof Text ? JSON.parse(kept.json) : kept),
    textOf: (kept) => (kept instanceof Text ? kept.json : JSON.stringify(kept)),
  };
}
