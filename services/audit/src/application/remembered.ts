/** Texts of which something is known, the latest so many. */
export interface Remembered {
  has(text: string): boolean;
  add(text: string): void;
}

/** Remembers the latest `atMost` texts; older ones are forgotten, and asked for again. */
export function remembered(atMost: number): Remembered {
  const texts = new Set<string>();
  return {
    has: (text) => texts.has(text),
    add(text) {
      // The latest comes last.
      texts.delete(text);
      texts.add(text);
      for (const oldest of texts) {
        if (texts.size <= atMost) break;
        texts.delete(oldest);
      }
    },
  };
}
