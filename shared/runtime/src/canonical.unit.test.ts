import { digestOf, sha256Hex, strictDigestOf } from './canonical.ts';

it('is the same for the same value, however its members are ordered', () => {
  expect(digestOf({ b: 1, a: ['x', undefined, null].slice(0, 1) })).toBe(sha256Hex('{"a":["x"],"b":1}'));
  expect(strictDigestOf({ b: 1, a: 2 })).toBe(digestOf({ a: 2, b: 1 }));
});

it.each([
  ['half a surrogate pair', '"\\ud83d"', '"\\ud83c"'],
  ['a name with half a surrogate pair', '{"\\ud83d":1}', '{"\\ud83c":1}'],
  ['a number beyond doubles', '[1e999]', '[-1e999]'],
])('of %s is known again and not taken for another, but strictly there is none', (_what, one, other) => {
  expect(digestOf(JSON.parse(one))).toBe(digestOf(JSON.parse(one)));
  expect(digestOf(JSON.parse(one))).not.toBe(digestOf(JSON.parse(other)));
  expect(() => strictDigestOf(JSON.parse(one))).toThrow();
});

it('is of values only', () => {
  expect(() => digestOf(undefined)).toThrow('no JSON form');
});
