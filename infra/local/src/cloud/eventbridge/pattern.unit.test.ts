import type { JsonObject } from '../json.ts';
import { PatternError } from './operators.ts';
import { compilePattern } from './pattern.ts';

const matches = (pattern: object, event: JsonObject) => compilePattern(JSON.stringify(pattern))(event);

/** What a leaf's alternatives say about one value. */
const leaf = (alternatives: unknown[], value: JsonObject[string]) => matches({ field: alternatives }, { field: value });

describe('an event pattern', () => {
  test.each<[string, unknown[], JsonObject[string], JsonObject[string]]>([
    ['an equal text', ['a', 'b'], 'b', 'c'],
    ['an empty text', [''], '', ' '],
    ['an equal number', [3], 3, '3'],
    ['null', [null], null, 'null'],
    ['true', [true], true, false],
    ['a prefix', [{ prefix: 'eu-' }], 'eu-west-1', 'us-eu-'],
    ['a prefix in any case', [{ prefix: { 'equals-ignore-case': 'EU-' } }], 'eU-x', 'us-x'],
    ['a suffix', [{ suffix: '.png' }], 'a.png', 'a.png.txt'],
    ['a suffix in any case', [{ suffix: { 'equals-ignore-case': '.PNG' } }], 'a.pnG', 'a.jpg'],
    ['a text in any case', [{ 'equals-ignore-case': 'Alice' }], 'aLICE', 'alic'],
    ['a wildcard', [{ wildcard: 'dir/*/*.png' }], 'dir/x/y/a.png', 'dir/a.png'],
    ['a wildcard at both ends', [{ wildcard: '*mid*' }], 'a mid b', 'a mi d'],
    ['a wildcard whose ends do not overlap', [{ wildcard: 'aba*ba' }], 'ababa', 'aba'],
    ['an escaped star', [{ wildcard: 'a\\*b\\\\*' }], 'a*b\\c', 'axb\\c'],
    ['anything but a text', [{ 'anything-but': 'a' }], 'b', 'a'],
    ['anything but texts', [{ 'anything-but': ['a', 'b'] }], 'c', 'b'],
    ['anything but a number', [{ 'anything-but': 100 }], 101, 100],
    ['anything but a prefix', [{ 'anything-but': { prefix: 'us-' } }], 'eu-', 'us-1'],
    ['anything but prefixes', [{ 'anything-but': { prefix: ['us-', 'eu-'] } }], 'ap-', 'eu-1'],
    ['anything but a suffix', [{ 'anything-but': { suffix: '.png' } }], 'a.jpg', 'a.png'],
    ['anything but a text in any case', [{ 'anything-but': { 'equals-ignore-case': ['A', 'b'] } }], 'c', 'B'],
    ['anything but a wildcard', [{ 'anything-but': { wildcard: '*/lib/*' } }], 'a/b', 'a/lib/b'],
    ['a number equal', [{ numeric: ['=', 3.5] }], 3.5, 3],
    ['a number in a range', [{ numeric: ['>', 0, '<=', 5] }], 5, 0],
    ['a number above', [{ numeric: ['>=', 10] }], 10, 9.99],
    ['no text as a number', [{ numeric: ['<', 10] }], 9, '9'],
    ['an address in a block', [{ cidr: '10.0.0.0/24' }], '10.0.0.255', '10.0.1.0'],
    ['an IPv6 address in a block', [{ cidr: '2001:db8::/32' }], '2001:db8:1::1', '2001:db9::1'],
    ['a field that exists', [{ exists: true }], 'x', undefined],
    ['a field that does not exist', [{ exists: false }], undefined, 'x'],
    ['null as existing', [{ exists: true }], null, undefined],
    ['an object as not existing', [{ exists: false }], { a: 1 }, 'x'],
    ['an absent field or a value', [{ exists: false }, 'x'], undefined, 'y'],
    ['any value of a list', ['b'], ['a', 'b'], ['a']],
    ['any value of a list within a list', ['b'], [['b']], [[]]],
  ])('matches %s', (_what, alternatives, good, bad) => {
    expect([leaf(alternatives, good), leaf(alternatives, bad)]).toEqual([true, false]);
  });

  test('matches when all its fields match', () => {
    const pattern = { source: ['team.expiry'], detail: { data: { reason: ['time'], minutes: [{ numeric: ['>', 5] }] } } };
    expect(matches(pattern, { source: 'team.expiry', detail: { data: { reason: 'time', minutes: 6, more: 1 } } })).toBe(true);
    expect(matches(pattern, { source: 'team.expiry', detail: { data: { reason: 'time', minutes: 5 } } })).toBe(false);
    expect(matches(pattern, { source: 'team.expiry', detail: { data: { minutes: 6 } } })).toBe(false);
    expect(matches(pattern, { source: 'team.expiry' })).toBe(false);
  });

  test('matches any alternative of $or, together with the fields beside it', () => {
    const pattern = { source: ['s'], $or: [{ detail: { a: [1] } }, { detail: { b: [{ exists: false }] } }] };
    expect(matches(pattern, { source: 's', detail: { a: 1, b: 1 } })).toBe(true);
    expect(matches(pattern, { source: 's', detail: {} })).toBe(true);
    expect(matches(pattern, { source: 's', detail: { b: 1 } })).toBe(false);
    expect(matches(pattern, { source: 'x', detail: { a: 1 } })).toBe(false);
  });

  test('takes $or with one alternative for a field of that name', () => {
    expect(matches({ $or: ['a'] }, { $or: 'a' })).toBe(true);
  });

  test('matches the fields of an object in a list within the same element', () => {
    const pattern = { targets: { account: ['1'], role: ['admin'] } };
    expect(matches(pattern, { targets: [{ account: '2', role: 'x' }, { account: '1', role: 'admin' }] })).toBe(true);
    expect(matches(pattern, { targets: [{ account: '1', role: 'x' }, { account: '2', role: 'admin' }] })).toBe(false);
  });

  test('finds a field absent only where no element has it', () => {
    const pattern = { targets: { role: [{ exists: false }] } };
    expect(matches(pattern, { targets: [{ account: '1' }, {}] })).toBe(true);
    expect(matches(pattern, { targets: [{ account: '1' }, { role: 'x' }] })).toBe(false);
    expect(matches(pattern, {})).toBe(true);
  });

  test.each<[string, string]>([
    ['text that is no JSON', '{'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ['an empty object below', '{"detail": {}}'],
    ['a bare value', '{"source": "a"}'],
    ['an empty list', '{"source": []}'],
    ['a list in a list', '{"source": [["a"]]}'],
    ['an unknown operator', '{"source": [{"contains": "a"}]}'],
    ['two operators in one object', '{"source": [{"prefix": "a", "suffix": "b"}]}'],
    ['a prefix that is no text', '{"source": [{"prefix": 1}]}'],
    ['a prefix in another way', '{"source": [{"prefix": {"wildcard": "a"}}]}'],
    ['two stars', '{"source": [{"wildcard": "a**"}]}'],
    ['an unknown escape', '{"source": [{"wildcard": "a\\\\n"}]}'],
    ['exists with a text', '{"source": [{"exists": "true"}]}'],
    ['anything but a mixed list', '{"source": [{"anything-but": ["a", 1]}]}'],
    ['anything but nothing', '{"source": [{"anything-but": []}]}'],
    ['anything but a number range', '{"source": [{"anything-but": {"numeric": ["<", 1]}}]}'],
    ['a comparison without number', '{"n": [{"numeric": ["<", "1"]}]}'],
    ['an unknown comparison', '{"n": [{"numeric": ["!=", 1]}]}'],
    ['a number out of range', '{"n": [{"numeric": ["<", 5000000001]}]}'],
    ['a range that is empty', '{"n": [{"numeric": [">", 5, "<", 5]}]}'],
    ['a range of two lower bounds', '{"n": [{"numeric": [">", 1, ">", 5]}]}'],
    ['no block', '{"ip": [{"cidr": "10.0.0.0/33"}]}'],
    ['an address alone', '{"ip": [{"cidr": "10.0.0.1"}]}'],
    ['more than 2,048 characters', JSON.stringify({ source: ['x'.repeat(2_048)] })],
  ])('is refused with %s', (_what, pattern) => {
    expect(() => compilePattern(pattern)).toThrow(PatternError);
  });
});
