import type { Change, Store } from '../cloud/index.ts';
import { mapName } from '../cloud/dynamodb/tables.ts';

/** JSON texts by map and key. */
export type Texts = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function textsOf(changes: Iterable<Change>): Texts {
  const texts = new Map<string, Map<string, string>>();
  for (const [map, key, json] of changes) {
    if (json === undefined) continue;
    const known = texts.get(map);
    if (known === undefined) texts.set(map, new Map([[key, json]]));
    else known.set(key, json);
  }
  return texts;
}

/** What Identity Center was told; what people did is made up from it. */
export const operations = 'sso-admin.operations';

/** What the services keep, and what they told Identity Center. Queues are empty, and all else is as it was at the beginning. */
const isHandedOver = (map: string): boolean => mapName.test(map) || map === operations;

/** What a store has become since it was `base`, of what is handed over. */
export function* changesSince(base: Texts, store: Store): Generator<Change> {
  const now = textsOf(store.all());
  for (const [map, texts] of now) {
    if (!isHandedOver(map)) continue;
    for (const [key, json] of texts) if (base.get(map)?.get(key) !== json) yield [map, key, json];
  }
  for (const [map, texts] of base) {
    if (!isHandedOver(map)) continue;
    for (const key of texts.keys()) if (now.get(map)?.has(key) !== true) yield [map, key];
  }
}

/** True when nothing is on its way: no event to publish or to deliver, no message, no assignment under way. */
export function isAtRest(store: Store): boolean {
  for (const [map, , json] of store.all()) {
    if (/^(?:sqs\/messages\/|events\/deliveries$|dynamodb\/index\/[^/]+\/outbox$)/.test(map)) return false;
    if (map === operations && json !== undefined && json.includes('"status":"IN_PROGRESS"')) return false;
  }
  return true;
}
