import { indexesOf, resourceNames, type IndexManifest, type ServiceManifest } from '@team/runtime';
import type { Store } from '../cloud/index.ts';
import type { Around } from '../system/options.ts';
import { prefix } from '../system/who.ts';

/**
 * Functions of each minute that do nothing where there is nothing to find, by the indexes that they look into, each sorted by a time;
 * and how far they look ahead (ms).
 */
const looking: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  sweep: { due: 2 * 60_000, outbox: 0, unchained: 0, work: 0 },
  reconcile: { checks: 0, work: 0 },
};

/** What works for people who look at the portal: nobody does. */
const forOnlookers = new Set(['portal survey']);

type Entry = Readonly<Record<string, { readonly N?: string } | undefined>>;

/** Leaves such functions out of minutes in which there is nothing. A month has 43,200 minutes, and each would ask forty questions in vain. */
export function quietMinutes(manifests: readonly ServiceManifest[], store: Store, now: () => number): Around {
  const waiting = new Map(
    manifests.flatMap((manifest) => Object.entries(looking).map(([name, ahead]) => [`${manifest.name} ${name}`, indexesIn(manifest, ahead, store)] as const)),
  );
  return ({ service, name }, run) => {
    const indexes = forOnlookers.has(`${service} ${name}`) ? [] : waiting.get(`${service} ${name}`);
    return indexes === undefined || indexes.some((waits) => waits(now())) ? run() : Promise.resolve();
  };
}

/** For each of these indexes that a service has: whether something stands in it that would be found now. */
function indexesIn({ name, tables }: ServiceManifest, ahead: Readonly<Record<string, number>>, store: Store): ((now: number) => boolean)[] {
  return Object.entries(tables).flatMap(([table, definition]) =>
    Object.entries<IndexManifest>(indexesOf(definition)).flatMap(([index, { sort }]) => {
      const aheadMs = ahead[index];
      if (aheadMs === undefined) return [];
      const entries = store.map<Entry>(`dynamodb/index/${resourceNames.table(prefix, name, table)}/${index}`);
      return [(now: number) => [...entries.values()].some((entry) => Number(entry[sort.name]?.N) <= now + aheadMs)];
    }),
  );
}
