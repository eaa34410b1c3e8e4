import { leanCopies } from './lean-copy.ts';

/** As dynalite makes objects. */
const bare = (members: object): object => Object.assign(Object.create(null) as object, members);

test('a copy is what the journal would give back: plain objects, in the same order, without what is undefined', () => {
  const value = { b: [1, null, bare({ S: 'x' })], a: undefined, c: { d: true } };
  const copy = leanCopies()(value);
  expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
  expect(Object.keys(copy)).toEqual(['b', 'c']);
  expect(Object.getPrototypeOf(copy.b[2])).toBe(Object.prototype);
});

test('a copy stays as it was when what it was made of changes', () => {
  const lean = leanCopies();
  const value = { count: 1 };
  const before = lean(value);
  value.count = 2;
  expect([before, lean(value)]).toEqual([{ count: 1 }, { count: 2 }]);
});

test('values that are equal and follow each other are one copy', () => {
  const lean = leanCopies();
  expect(lean({ a: [1, { b: 'x' }] })).toBe(lean({ a: [1, { b: 'x' }] }));
});

test.each<[string, unknown, unknown]>([
  ['another member', { a: 1 }, { a: 2 }],
  ['another name', { a: 1 }, { b: 1 }],
  ['another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['one member more', { a: 1 }, { a: 1, b: 2 }],
  ['a list for an object', { a: [] }, { a: {} }],
  ['a text for a number', ['1'], [1]],
])('values that differ in %s are two', (_what, one, other) => {
  const lean = leanCopies();
  lean(one);
  expect(JSON.stringify(lean(other))).toBe(JSON.stringify(other));
});

test('a member called __proto__ is a member like any other', () => {
  const copy = leanCopies()(JSON.parse('{"__proto__":{"polluted":true}}') as object);
  expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true}}');
  expect('polluted' in copy).toBe(false);
});
