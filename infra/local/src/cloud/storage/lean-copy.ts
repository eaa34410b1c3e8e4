/** So many texts are known at a time; what repeats (ids, ARNs, names) mostly does so soon. */
const mostTexts = 20_000;
const longestText = 200;

/**
 * Makes copies of JSON values that take little memory. What callers hand in is often built on objects without a prototype, as
 * dynalite's are, for which V8 keeps a hash table each, about 200 bytes for `{S: 'x'}`; and each text that was parsed is a text of its own.
 * A value equal to the one copied before is answered with that copy: an item and its index entries are written one after the other.
 */
export function leanCopies(): <T>(value: T) => T {
  const texts = new Map<string, string>();
  let last: unknown;

  function sharedText(text: string): string {
    if (text.length > longestText) return text;
    const known = texts.get(text);
    if (known !== undefined) return known;
    if (texts.size === mostTexts) texts.clear();
    texts.set(text, text);
    return text;
  }

  function copy(value: unknown): unknown {
    if (typeof value === 'string') return sharedText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(copy);
    const made: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      // Left out, as the journal leaves it out.
      if (member === undefined) continue;
      if (key === '__proto__') Object.defineProperty(made, key, { value: copy(member), enumerable: true, configurable: true, writable: true });
      else made[key] = copy(member);
    }
    return made;
  }

  function copyOf<T>(value: T): T;
  function copyOf(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (!equal(value, last)) last = copy(value);
    return last;
  }
  return copyOf;
}

/** Whether two JSON values are the same, their members in the same order too. */
function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  const others = Object.entries(other);
  return entries.length === others.length && entries.every(([key, member], at) => key === others[at]?.[0] && equal(member, others[at]?.[1]));
}
