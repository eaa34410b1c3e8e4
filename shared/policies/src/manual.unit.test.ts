import { readFileSync } from 'node:fs';
import { names } from '../test/acme.ts';
import { parsePolicies } from './parse-policies.ts';

const schema = readFileSync(new URL('../published/policy.schema.json', import.meta.url), 'utf8');
const manual = readFileSync(new URL('../../../docs/policies.md', import.meta.url), 'utf8');
const examples = [...manual.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

test('every example of the manual is read, all of them together', () => {
  const read = parsePolicies(examples.map((text, at) => ({ file: `example ${at + 1}`, text })), names);
  expect([read.eligibility.length, read.approvers.length, read.bundles.length, read.limits === undefined, read.emitters.length]).toEqual([3, 1, 1, false, 1]);
});

test.each([...manual.matchAll(/^\| `([a-zA-Z]+)`(?:, `([a-zA-Z]+)`)?(?:, `([a-zA-Z]+)`)? \|/gm)].flatMap(([, ...fields]) => fields.filter((field) => field !== undefined)))(
  'the manual speaks of %s, which there is',
  (field) => {
    expect(schema).toContain(`"${field}": {`);
  },
);

test('the manual speaks of every field that there is', () => {
  const fields = new Set([...schema.matchAll(/"([a-z][a-zA-Z]+)": \{\n\s+"(?:description|type|\$ref|allOf|anyOf|minItems)"/g)].map(([, field = '']) => field));
  expect(fields.size).toBeGreaterThan(40);
  const keywords = ['properties', 'items', 'additionalProperties', 'propertyNames', 'definitions'];
  expect([...fields].filter((field) => !manual.includes(field) && !keywords.includes(field))).toEqual([]);
});
