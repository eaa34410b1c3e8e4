import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { eligibility, policiesFolder } from '../test/acme.ts';
import { anyPolicies, anyThings } from '../test/generated-policies.ts';
import { exportPolicies } from './export-policies.ts';
import { policyFilesIn } from './load-policies.ts';
import { namesOf } from './names.ts';

const ajv = new Ajv({ strict: true, strictTypes: false });
addFormats.default(ajv);
const published: unknown = JSON.parse(readFileSync(new URL('../published/policy.schema.json', import.meta.url), 'utf8'));
const validate = ajv.compile(published instanceof Object ? published : {});

function documentsIn(text: string): unknown[] {
  const documents = parseAllDocuments(text, { version: '1.2' });
  return Array.isArray(documents) ? documents.map((document) => document.toJS() as unknown) : [];
}
/** What an editor would mark in the first document that it objects to. */
function marked(text: string): unknown {
  for (const document of documentsIn(text)) if (!validate(document)) return validate.errors;
  return null;
}

test('an editor marks nothing in the policies that come with the product', () => {
  const texts = policyFilesIn(policiesFolder).map(({ text }) => text);
  expect(texts.map(marked)).toEqual(texts.map(() => null));
});

test('an editor marks nothing in what is exported', () => {
  const texts = anyThings.chain((things) => anyPolicies(things).map((policies) => [...exportPolicies(policies, namesOf(things)).files.values()]));
  fc.assert(
    fc.property(texts, (files) => {
      expect(files.map(marked)).toEqual(files.map(() => null));
    }),
    { numRuns: 30 },
  );
});

test.each<[string, string]>([
  ['a key that no policy has', eligibility({ aproval: 'required' })],
  ['a word that is none of those allowed', eligibility({ approval: 'maybe' })],
  ['a kind that is none', eligibility({ kind: 'Policy' })],
  ['a policy that denies with rules', eligibility({ effect: 'deny' })],
  ['a day that is none', eligibility({ timeWindows: '[{ days: [mon], from: 08:00, to: 18:00, timeZone: UTC }]' })],
  ['a tag with a number', eligibility({ permissionSetTags: '{ CostCenter: [1234] }' })],
  ['a moment without its distance from UTC', eligibility({ validFrom: '2026-04-01T00:00:00' })],
])('an editor marks %s', (_, text) => {
  expect(marked(text)).not.toBeNull();
});
