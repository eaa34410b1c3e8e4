import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);
const json = (path: string): Record<string, unknown> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

const specification = json(require.resolve('@asyncapi/specs/schemas/3.0.0-without-$id.json'));
const document = json(new URL('../../contracts/published/asyncapi.json', import.meta.url).pathname);

/** https://www.asyncapi.com/docs/reference/specification/v3.0.0, as its authors publish it for validators. */
function problemsOf(candidate: unknown): unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const validate = ajv.compile(specification);
  return validate(candidate) ? [] : (validate.errors ?? []);
}

it('is an AsyncAPI 3 document by the specification of its authors', () => {
  expect(problemsOf(document)).toEqual([]);
});

it.each([
  ['without its version', { ...document, asyncapi: undefined }],
  ['with a channel that is no object', { ...document, channels: { bus: 7 } }],
  ['with an operation that neither sends nor receives', { ...document, operations: { ask: { action: 'shout', channel: { $ref: '#/channels/bus' } } } }],
])('would not be one %s', (_what, broken) => {
  expect(problemsOf(JSON.parse(JSON.stringify(broken)))).not.toEqual([]);
});
