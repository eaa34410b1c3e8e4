import type { DynamoDb } from '../cloud/dynamodb/dynamodb.ts';
import { mapName } from '../cloud/dynamodb/tables.ts';
import type { Change, Store } from '../cloud/index.ts';
import { operations, type Texts } from './changes.ts';

/** The stores of a running system. */
export interface Running {
  readonly store: Store;
  readonly dynamo: Pick<DynamoDb, 'putThere'>;
}

interface TableKeys {
  readonly KeySchema: readonly { readonly AttributeName: string }[];
}

/**
 * Puts what a past has become since `base` into a system that has run on from `base` as well, without a commit. An item that the
 * running system has changed itself stays as it is there, with its entries in indexes: a past has ended everything that it began, so
 * that of what both of them keep (who holds how many requests, what an assignment is wanted for) the present knows better.
 * Gives the keys of these items.
 */
export function takeOver(past: readonly Change[], base: Texts, { store, dynamo }: Running): readonly string[] {
  const tables = store.map<TableKeys>('dynamodb/tables');
  const keyNames = new Map<string, readonly string[]>();
  const keyOf = (map: string, json: string): string => {
    const table = mapName.exec(map)?.[1] ?? '';
    const names = keyNames.get(table) ?? (tables.get(table)?.KeySchema ?? []).map(({ AttributeName }) => AttributeName);
    keyNames.set(table, names);
    const item = JSON.parse(json) as Readonly<Record<string, unknown>>;
    return `${table} ${JSON.stringify(names.map((name) => item[name]))}`;
  };
  const before = (map: string, key: string): string | undefined => base.get(map)?.get(key);

  const ownItems = new Set<string>();
  for (const [map, key, json] of past) {
    if (!map.startsWith('dynamodb/items/')) continue;
    const present = store.map(map).get(key);
    const text = present === undefined ? undefined : JSON.stringify(present);
    if (text !== before(map, key)) ownItems.add(keyOf(map, json ?? before(map, key) ?? '{}'));
  }
  const isOwn = ([map, key, json]: Change): boolean => ownItems.size > 0 && ownItems.has(keyOf(map, json ?? before(map, key) ?? '{}'));
  dynamo.putThere(past.filter((change) => mapName.test(change[0]) && !isOwn(change)));
  const told = store.map<unknown>(operations);
  for (const [map, key, json] of past) if (map === operations && json !== undefined) told.set(key, JSON.parse(json));
  return [...ownItems];
}
