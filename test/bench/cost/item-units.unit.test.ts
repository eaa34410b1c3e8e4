import { itemBytes, readUnits, unitsOfWrite, type Item } from './item-units.ts';

const keys = { partition: { name: 'shard', type: 'S' }, sort: { name: 'at', type: 'N' } } as const;
const whole = { ...keys, holds: 'everything' } as const;
const named = { ...keys, holds: ['more'] } as const;
const item = (more: Item, bytes = 1_500): Item => ({ pk: { S: 'a' }, text: { S: 'x'.repeat(bytes) }, ...more });
const waiting = { shard: { S: '1' }, at: { N: '1' } };

it('sizes an item by its names and values', () => {
  expect(itemBytes({ pk: { S: 'abc' } })).toBe(5);
  expect(itemBytes({ n: { N: '-123' } })).toBe(4);
  expect(itemBytes({ m: { M: { a: { S: 'ä' } } } })).toBe(1 + 3 + 1 + 1 + 2);
});

it.each([
  ['an item that is in no index, by its size', undefined, item({}), 2],
  ['an item that enters an index, once for the table and once there', item({}), item(waiting), 4],
  ['an item that leaves it, the same', item(waiting), item({}), 4],
  ['an item that stays where it is in the index', item(waiting), item({ ...waiting, more: { S: '' } }), 4],
  ['an item that moves in the index, twice there', item(waiting), item({ ...waiting, at: { N: '2' } }), 6],
  ['a write that was refused, for the table alone', item(waiting), item(waiting), 2],
])('counts %s', (_what, before, after, units) => {
  expect(unitsOfWrite(before, after, [whole])).toBe(units);
});

it.each([
  ['an item that enters an index', item({}), item(waiting), 3, 3],
  ['an item that moves in it', item(waiting), item({ ...waiting, at: { N: '2' } }), 4, 4],
  ['an item of which what it holds changes', item(waiting), item({ ...waiting, more: { S: '' } }), 2, 3],
  ['an item of which something else changes', item(waiting), item({ ...waiting, other: { S: '' } }), 2, 2],
])('counts of an index that holds keys, or a named attribute beside them, %s', (_what, before, after, byKeys, byName) => {
  expect([unitsOfWrite(before, after, [keys]), unitsOfWrite(before, after, [named])]).toEqual([byKeys, byName]);
});

it('counts half for a read that may be old', () => {
  expect([readUnits(4_097, true), readUnits(4_097, false), readUnits(0, false)]).toEqual([2, 1, 0.5]);
});
