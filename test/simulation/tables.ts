import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DurableMap } from '../../infra/local/src/cloud/store.ts';

/** Tables as they stand, read past the API: looking changes nothing and takes no time. */
export interface Tables {
  /** Items of a table of a service. */
  items(service: string, table: string): IterableIterator<Readonly<Record<string, unknown>>>;
  item(service: string, table: string, pk: string): Readonly<Record<string, unknown>> | undefined;
}

/** The tables in a store that holds them by this name. */
export function tablesIn(open: (name: string) => DurableMap<Parameters<typeof unmarshall>[0]>): Tables {
  const opened = new Map<string, DurableMap<Parameters<typeof unmarshall>[0]>>();
  const table = (service: string, name: string) => {
    const full = `team-${service}-${name}`;
    const known = opened.get(full) ?? open(full);
    opened.set(full, known);
    return known;
  };
  return {
    *items(service, name) {
      for (const item of table(service, name).values()) yield unmarshall(item);
    },
    item(service, name, pk) {
      for (const item of table(service, name).values()) if ('pk' in item && item['pk'].S === pk) return unmarshall(item);
      return undefined;
    },
  };
}
