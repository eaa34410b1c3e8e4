import type { Seen } from './seen.ts';
import { createSnapshots } from './snapshots.ts';

/** Where each account stood in the organization, and when. Units themselves never move. */
export interface Places {
  /** Called before each call takes effect, it misses nothing that a service could have seen. */
  look(): undefined;
  /** Ids from the root down to the account's own unit, for each place where it stood in a stretch of time (ms, ends included). */
  pathsOf(accountId: string, from: number, to: number): readonly (readonly string[])[];
}

export function createPlaces({ accounts, units, now }: Pick<Seen, 'accounts' | 'units' | 'now'>): Places {
  const standing = (): string[] => Array.from(accounts.values(), ({ Id, ParentId }) => `${Id} ${ParentId}`);
  const parentsIn = (lines: readonly string[]): Map<string, string> =>
    new Map(lines.map((line) => line.split(' ')).map(([account = '', parent = '']) => [account, parent]));
  const { look, during } = createSnapshots(standing, parentsIn, now);
  const pathTo = (id: string): string[] => {
    const parent = units.get(id)?.ParentId;
    return parent === undefined ? [id] : [...pathTo(parent), id];
  };
  return {
    look,
    pathsOf: (accountId, from, to) =>
      during(from, to).flatMap((parents) => {
        const parent = parents.get(accountId);
        return parent === undefined ? [] : [pathTo(parent)];
      }),
  };
}
