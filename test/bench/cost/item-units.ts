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
  return indexes.reduce((sum, index) => sum + unitsOfIndex(keyIn(before, index), keyIn(after, index), before, after), table);
}

/** An index whose key changed is written twice: the entry is taken away and put in. */
function unitsOfIndex(oldKey: string | undefined, newKey: string | undefined, before: Item | undefined, after: Item | undefined): number {
  const old = oldKey === undefined || before === undefined ? 0 : writeUnits(itemBytes(before));
  const fresh = newKey === undefined || after === undefined ? 0 : writeUnits(itemBytes(after));
  return oldKey === newKey ? Math.max(old, fresh) : old + fresh;
}

function keyIn(item: Item | undefined, { partition, sort }: IndexManifest): string | undefined {
  const parts = [item?.[partition.name], item?.[sort.name]];
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}
