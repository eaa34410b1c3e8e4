import { readFileSync } from 'node:fs';
import path from 'node:path';
import { catalog, ContractViolationError, type EventContract } from '@team/contracts';
import { asSchema, exampleValue, uuidFrom, type ExampleOptions } from '@team/testing';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { placesIn, replaced, unfitFor, type Place } from './places.ts';

const published = path.resolve(import.meta.dirname, '../../contracts/published');
const contracts = catalog.map((contract): [string, EventContract] => [contract.detailType, contract]);

const ajv = new Ajv2020({ strict: true, keywords: ['x-team'] });
addFormats.default(ajv);

interface Subject {
  readonly whole: unknown;
  readonly places: readonly Place[];
}

describe.each(contracts)('%s', (detailType, contract) => {
  const schema = asSchema(contract.detail.toJSONSchema({ io: 'input' }));
  const inPublishedSchema = compiled(detailType);
  // Each union once with each of its members, of which no union has more than three.
  const alternatives = /"(anyOf|oneOf)"/.test(JSON.stringify(schema)) ? [0, 1, 2] : [0];
  const example = (options: ExampleOptions): unknown => withOneRequestId(exampleValue(schema, options));
  const subjects = alternatives.map((alternative): Subject => {
    const whole = example({ extent: 'whole', alternative });
    return { whole, places: placesIn(schema, whole, alternative) };
  });

  it.each(alternatives)('takes a detail with and without its optional fields, at publish and at consume (union member %#)', (alternative) => {
    for (const extent of ['required', 'whole'] as const) {
      const detail = example({ extent, alternative });
      expect(contract.validate(detail)).toEqual(detail);
      expect(contract.parse(detail)).toEqual(detail);
      expect(inPublishedSchema(detail)).toBe(true);
    }
  });

  it('refuses a detail without any one of its required fields, and so does the published schema', () => {
    const cases = subjects.flatMap(({ whole, places }) =>
      places.filter(({ required }) => required).map(({ path: at }) => ({ at: at.join('.'), detail: replaced(whole, at, undefined) })),
    );
    expect(cases.length).toBeGreaterThan(3);
    expect(cases.filter(({ detail }) => !isRefused(contract, detail)).map(({ at }) => at)).toEqual([]);
    expect(cases.filter(({ detail }) => inPublishedSchema(detail)).map(({ at }) => at)).toEqual([]);
  });

  it('refuses wrong types and what lies just beyond each bound, and so does the published schema', () => {
    const cases = subjects.flatMap(({ whole, places }) =>
      places.flatMap(({ path: at, schema: here }) =>
        unfitFor(here, valueAt(whole, at)).map((value) => ({ at: `${at.join('.')} = ${JSON.stringify(value)}`, detail: replaced(whole, at, value) })),
      ),
    );
    expect(cases.length).toBeGreaterThan(10);
    expect(cases.filter(({ detail }) => !isRefused(contract, detail)).map(({ at }) => at)).toEqual([]);
    expect(cases.filter(({ detail }) => inPublishedSchema(detail)).map(({ at }) => at)).toEqual([]);
  });

  it('refuses an undeclared field at publish with its path, and drops it at consume, at any depth', () => {
    for (const { whole, places } of subjects) {
      for (const { path: at } of places.filter(({ schema: here }) => here.properties !== undefined)) {
        const detail = replaced(whole, [...at, 'undeclared'], { by: 'anybody' });
        expect(violation(() => contract.validate(detail))?.issues).toEqual([
          { path: [...at, 'undeclared'].join('.'), message: 'is not declared in the contract' },
        ]);
        expect(contract.parse(detail)).toEqual(whole);
        expect(inPublishedSchema(detail)).toBe(true);
      }
    }
  });
});

describe.each(contracts.filter(([, contract]) => 'requestId' in contract.detail.shape.data.shape))('%s, which belongs to a request,', (_, contract) => {
  it('is refused where metadata and data name different requests', () => {
    const detail = withOneRequestId(exampleValue(asSchema(contract.detail.toJSONSchema({ io: 'input' })), { extent: 'whole' }));
    const issues = [{ path: 'metadata.requestId', message: 'differs from data.requestId' }];
    const confused = replaced(detail, ['metadata', 'requestId'], uuidFrom('another request'));
    expect(violation(() => contract.parse(confused))?.issues).toEqual(issues);
    expect(violation(() => contract.validate(confused))?.issues).toEqual(issues);
  });
});

function compiled(detailType: string): ValidateFunction {
  return ajv.compile(JSON.parse(readFileSync(path.join(published, `${detailType}.json`), 'utf8')) as object);
}

/** The rule that no schema can say: metadata and data name the same request. */
function withOneRequestId(detail: unknown): unknown {
  const requestId = valueAt(detail, ['data', 'requestId']);
  return requestId === undefined ? detail : replaced(detail, ['metadata', 'requestId'], requestId);
}

function valueAt(value: unknown, at: Place['path']): unknown {
  return at.reduce<unknown>((found, key) => Object.entries(found ?? {}).find(([name]) => name === String(key))?.[1], value);
}

/** Refused by the publisher's check and by the consumer's. */
function isRefused(contract: EventContract, detail: unknown): boolean {
  return violation(() => contract.parse(detail)) !== undefined && violation(() => contract.validate(detail)) !== undefined;
}

function violation(check: () => unknown): ContractViolationError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ContractViolationError) return error;
    throw error;
  }
}
