import type { IndexManifest } from '@team/runtime';

/** An item as DynamoDB's API has it. */
export type Item = Readonly<Record<string, unknown>>;

const textBytes = (text: string): number => Buffer.byteLength(text);

/**
 * Size of an item (bytes). https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueBytes(value), 0);
}

function valueBytes(value: unknown): number {
  const [[type, content] = ['NULL', true]] = Object.entries(Object(value) as Record<string, unknown>);
  if (type === 'S') return textBytes(String(content));
  if (type === 'N') return Math.ceil(String(content).replace(/[-.]/g, '').length / 2) + 1;
  if (type === 'L' && Array.isArray(content)) return 3 + content.reduce<number>((sum, one) => sum + 1 + valueBytes(one), 0);
  if (type === 'M') return 3 + Object.keys(Object(content) as object).length + itemBytes(content as Item);
  return 1;
}

const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1_024));
/** Units of reading so many bytes; half where an older state will do. */
export const readUnits = (bytes: number, consistent: boolean): number => Math.max(1, Math.ceil(bytes / 4_096)) / (consistent ? 1 : 2);

/** Units of a write that made `after` of `before`, with every index that it changes; of one that was refused, `after` is `before`. */
export function unitsOfWrite(before: Item | undefined, after: Item | undefined, indexes: readonly IndexManifest[]): number {
  const table = writeUnits(Math.max(before === undefined ? 0 : itemBytes(before), after === undefined ? 0 : itemBytes(after)));
  if (JSON.stringify(before) === JSON.stringify(after)) return table;
  return indexes.reduce((sum, index) => sum + unitsOfIndex(entryOf(before, index), entryOf(after, index), index), table);
}

/** What of an item an index holds; undefined where it holds nothing of it. */
function entryOf(item: Item | undefined, { partition, sort, holds = [] }: IndexManifest): Item | undefined {
  if (item?.[partition.name] === undefined || item[sort.name] === undefined) return undefined;
  if (holds === 'everything') return item;
  return Object.fromEntries(['pk', partition.name, sort.name, ...holds].flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
}

/**
 * An entry whose key changed is taken away and put in; one of which nothing that the index holds has changed is not written.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
function unitsOfIndex(old: Item | undefined, fresh: Item | undefined, { partition, sort }: IndexManifest): number {
  if (JSON.stringify(old) === JSON.stringify(fresh)) return 0;
  const units = (entry: Item | undefined): number => (entry === undefined ? 0 : writeUnits(itemBytes(entry)));
  const key = (entry: Item | undefined): string => JSON.stringify([entry?.[partition.name], entry?.[sort.name]]);
  return key(old) === key(fresh) ? Math.max(units(old), units(fresh)) : units(old) + units(fresh);
}
