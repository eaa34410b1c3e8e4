import { catalog, maximumDetailBytes, type EventContract } from '@team/contracts';
import { asSchema, exampleValue, type JsonSchema } from '@team/testing';

const contracts = catalog.map((contract): [string, EventContract] => [contract.detailType, contract]);

/** Free-form by intent: what an OCSF class has is OCSF's to say. The limit on a whole detail holds it. */
const freeForm = new Set(['AuditRecorded.v1 data.ocsf{}']);

describe.each(contracts)('%s', (detailType, contract) => {
  const schema = asSchema(contract.detail.toJSONSchema({ io: 'input' }));

  it('bounds every text and list', () => {
    expect(unbounded(schema, `${detailType} `).filter((path) => !freeForm.has(path))).toEqual([]);
  });

  it(`has at most ${maximumDetailBytes} bytes with every text, list and number at its bound`, () => {
    const largest = JSON.stringify(exampleValue(schema, { extent: 'largest' }));
    expect(Buffer.byteLength(largest)).toBeLessThanOrEqual(maximumDetailBytes);
  });
});

describe('the check for bounds', () => {
  it.each([
    ['a text without maxLength', { type: 'string' }, ['x']],
    ['a pattern that repeats without end', { type: 'string', pattern: '^[a-z]+$' }, ['x']],
    ['a list without maxItems', { type: 'array', items: { type: 'string', maxLength: 1 } }, ['x']],
    ['a text inside a list', { type: 'array', maxItems: 1, items: { type: 'string' } }, ['x[]']],
    ['a map', { type: 'object', additionalProperties: {} }, ['x{}']],
    ['a pattern of fixed length', { type: 'string', pattern: '^[a-z+*]{1,4}$' }, []],
    ['a bounded text', { type: 'string', maxLength: 3 }, []],
  ] as const)('judges %s', (_, schema, expected) => {
    expect(unbounded(asSchema(schema as JsonSchema), 'x')).toEqual(expected);
  });
});

/** Paths of what may grow without end. */
function unbounded(schema: JsonSchema, path: string): readonly string[] {
  const members = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((member) => unbounded(asSchema(member), path));
  if (schema.const !== undefined || schema.enum !== undefined) return members;
  switch (schema.type) {
    case 'string':
      return schema.maxLength === undefined && !endsByPattern(schema.pattern) ? [path] : members;
    case 'array':
      return [...(schema.maxItems === undefined ? [path] : []), ...unbounded(asSchema(schema.items), `${path}[]`)];
    case 'object':
      return [
        ...(schema.additionalProperties === undefined ? [] : [`${path}{}`]),
        ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => unbounded(asSchema(field), path.endsWith(' ') ? path + name : `${path}.${name}`)),
      ];
    default:
      return members;
  }
}

/** Anchored, and nothing outside a character class repeats without end. */
function endsByPattern(pattern: string | undefined): boolean {
  if (pattern === undefined) return false;
  const outsideClasses = pattern.replaceAll(/\[(?:[^\]\\]|\\.)*\]/g, 'c').replaceAll(/\\./g, 'c');
  return /^\^.*\$$/.test(outsideClasses) && !/[*+]|\{\d+,\}/.test(outsideClasses);
}
