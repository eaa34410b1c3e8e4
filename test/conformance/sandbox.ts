/** Everything that a run makes: under names of its own, and removed again. */
export interface Sandbox {
  /** What every name begins with: `team-conformance-1a2b3c4d`. */
  readonly prefix: string;
  /** A name that nobody else has, and that says what it is for. */
  name(what: string): string;
  /** Says how what was just made is removed. What was made last is removed first. */
  removeLater(what: string, remove: () => Promise<unknown>): void;
  /** Made when it is first asked for, the same for all who ask. */
  shared<Made>(key: string, make: () => Promise<Made>): Promise<Made>;
  /** Removes everything; gives what could not be removed, each with why. */
  empty(): Promise<readonly string[]>;
}

/** A sandbox without anything in it. `suffix` tells runs apart: eight letters or digits. */
export function createSandbox(suffix: string): Sandbox {
  const prefix = `team-conformance-${suffix}`;
  const removals: { readonly what: string; readonly remove: () => Promise<unknown> }[] = [];
  const made = new Map<string, Promise<unknown>>();
  const counts = new Map<string, number>();
  return {
    prefix,
    name(what) {
      const count = (counts.get(what) ?? 0) + 1;
      counts.set(what, count);
      return `${prefix}-${what}${count === 1 ? '' : `-${count}`}`;
    },
    removeLater: (what, remove) => void removals.push({ what, remove }),
    shared<Made>(key: string, make: () => Promise<Made>): Promise<Made> {
      // A key always stands for the same function, and so for the same type.
      const known = made.get(key) as Promise<Made> | undefined;
      if (known !== undefined) return known;
      const making = make();
      made.set(key, making);
      return making;
    },
    async empty() {
      const left: string[] = [];
      for (const { what, remove } of removals.splice(0).reverse()) {
        try {
          await remove();
        } catch (error) {
          left.push(`${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
        }
      }
      return left;
    },
  };
}
