import { keptValues } from './kept-values.ts';

/** As dynalite makes objects. */
const bare = (members: object): object => Object.assign(Object.create(null) as object, members);

describe.each([
  ['as objects', Infinity],
  ['as text', 0],
])('values kept %s', (_how, textAbove) => {
  const through = (value: unknown): unknown => {
    const values = keptValues(textAbove);
    return values.read(values.keep(JSON.stringify(value)));
  };

  test('are what the journal would give back: plain objects, in the same order, without what is undefined', () => {
    const value = { b: [1, null, bare({ S: 'x' })], a: undefined, c: { d: true } };
    const copy = through(value) as { b: [number, null, object] };
    expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
    expect(Object.keys(copy)).toEqual(['b', 'c']);
    expect(Object.getPrototypeOf(copy.b[2])).toBe(Object.prototype);
  });

  test.each([['text'], [''], [7], [true], [null]])('may be %p', (value) => expect(through(value)).toBe(value));

  test('have a member called __proto__ like any other', () => {
    const copy = through(JSON.parse('{"__proto__":{"polluted":true}}')) as object;
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":true}}');
    expect('polluted' in copy).toBe(false);
  });

  test('give back their text', () => {
    const values = keptValues(textAbove);
    const json = '{"a":[1,{"b":"ü"}]}';
    expect(values.textOf(values.keep(json))).toBe(json);
  });

  test('share their memory where they are equal and follow each other, and only there', () => {
    const values = keptValues(textAbove);
    const [one, again, other, late] = ['{"a":1}', '{"a":1}', '{"a":2}', '{"a":1}'].map((json) => values.keep(json));
    expect(again).toBe(one);
    expect(late).not.toBe(one);
    expect(values.read(other)).toEqual({ a: 2 });
  });
});

test('only values with more text than the limit are parsed anew at each reading', () => {
  const values = keptValues(7);
  const [small, large] = [values.keep('{"a":1}'), values.keep('{"a":10}')];
  expect(values.read(small)).toBe(values.read(small));
  expect(values.read(large)).not.toBe(values.read(large));
  expect(values.read(large)).toEqual({ a: 10 });
});
