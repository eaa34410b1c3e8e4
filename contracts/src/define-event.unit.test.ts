import * as z from 'zod';
import { catalog, findContract } from './catalog.ts';
import { ContractViolationError, defineFact, defineIntent, maximumDetailBytes } from './define-event.ts';
import { uuid } from './primitives.ts';

const requestId = '0198c0de-0000-7000-8000-000000000001';
const otherId = '0198c0de-0000-7000-8000-000000000002';
const occurredAt = '2026-11-22T10:00:00.000Z';

const thingDone = defineFact('team.audit', {
  detailType: 'ThingDone.v1',
  summary: 'A thing was done.',
  data: z.object({
    requestId: uuid,
    items: z.array(z.object({ name: z.string().max(3) })).max(300).optional(),
    free: z.record(z.string(), z.unknown()).optional(),
  }),
});
const somethingSeen = defineIntent({ detailType: 'SomethingSeen.v1', summary: 'Something was seen.', data: z.object({ what: z.string() }) });

function detail(data: object = {}): { metadata: object; data: object } {
  return { metadata: { eventId: otherId, requestId, occurredAt }, data: { requestId, ...data } };
}

function violation(check: () => unknown): ContractViolationError {
  try {
    check();
  } catch (error) {
    if (error instanceof ContractViolationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the publisher’s check', () => {
  it('gives back what fits', () => {
    expect(thingDone.validate(detail({ items: [{ name: 'abc' }] }))).toEqual(detail({ items: [{ name: 'abc' }] }));
  });

  it('names every undeclared field by its path', () => {
    const { issues } = violation(() => thingDone.validate({ ...detail({ items: [{ name: 'a' }, { name: 'b', secret: 1 }], extra: null }), more: {} }));
    expect(issues.map((issue) => issue.path).sort()).toEqual(['data.extra', 'data.items.1.secret', 'more']);
  });

  it('leaves what is declared as free-form alone', () => {
    expect(thingDone.validate(detail({ free: { any: { thing: [1] } } })).data.free).toEqual({ any: { thing: [1] } });
  });

  it('does not take a field without a value for an undeclared one: JSON has no such field', () => {
    expect(() => thingDone.validate(detail({ extra: undefined }))).not.toThrow();
  });

  it('refuses a detail larger than the bus carries, counted in bytes', () => {
    const around = Buffer.byteLength(JSON.stringify(detail({ free: { text: '' } })));
    const wide = '語'.repeat(Math.floor((maximumDetailBytes - around) / 3));
    expect(() => thingDone.validate(detail({ free: { text: wide } }))).not.toThrow();
    expect(violation(() => thingDone.validate(detail({ free: { text: `${wide}語` } }))).issues).toEqual([
      { path: 'detail', message: expect.stringMatching(/^has 20\d{4} bytes, at most 200000 are allowed$/) as string },
    ]);
  });
});

describe('the consumer’s check', () => {
  it('drops undeclared fields and keeps the rest', () => {
    const { metadata, data } = detail({ items: [{ name: 'a', later: true }], extra: 1 });
    expect(thingDone.parse({ metadata, data, more: 1 })).toEqual(detail({ items: [{ name: 'a' }] }));
  });

  it('refuses an event whose metadata and data name different requests', () => {
    const { metadata, data } = detail();
    expect(violation(() => thingDone.parse({ metadata: { ...metadata, requestId: otherId }, data })).issues).toEqual([
      { path: 'metadata.requestId', message: 'differs from data.requestId' },
    ]);
  });

  it('asks for a request id in the metadata only where the event belongs to a request', () => {
    expect(violation(() => thingDone.parse({ metadata: { eventId: otherId, occurredAt }, data: { requestId } })).issues[0]?.path).toBe('metadata.requestId');
    expect(() => somethingSeen.parse({ metadata: { eventId: otherId, occurredAt }, data: { what: 'smoke' } })).not.toThrow();
  });

  it.each([['text'], [null], [undefined], [[]], [42]])('refuses %p as a detail', (input) => {
    expect(violation(() => thingDone.parse(input))).toMatchObject({ code: 'ERR_CONTRACT_VIOLATION', retryable: false, detailType: 'ThingDone.v1' });
  });

  it('refuses an intent with half a surrogate pair in a text, and takes whole ones', () => {
    const seen = (what: string) => ({ metadata: { eventId: otherId, occurredAt }, data: { what } });
    expect(violation(() => somethingSeen.parse(seen('a\ud83d'))).issues).toEqual([{ path: 'data.what', message: expect.stringContaining('surrogate') }]);
    expect(somethingSeen.parse(seen('a😀')).data.what).toBe('a😀');
  });
});

describe('a violation', () => {
  it('has all issues, and spells out the first ten', () => {
    const items = Array.from({ length: 25 }, () => ({ name: 'much too long' }));
    const error = violation(() => thingDone.parse(detail({ items })));
    expect(error.issues).toHaveLength(25);
    expect(error.message).toMatch(/^ThingDone\.v1: data\.items\.0\.name: .*; data\.items\.9\.name: .*; and 15 more$/);
    expect(error.message).not.toContain('data.items.10.');
  });
});

describe('the catalog', () => {
  it('has each detail-type once, written as a business word and a major', () => {
    const detailTypes = catalog.map((contract) => contract.detailType);
    expect(new Set(detailTypes).size).toBe(detailTypes.length);
    expect(detailTypes.filter((detailType) => !/^([A-Z][a-z]+)+\.v[1-9]\d*$/.test(detailType))).toEqual([]);
  });

  it('finds a contract by its detail-type', () => {
    expect(findContract('AccessApproved.v1')?.source).toBe('team.approval');
    expect(findContract('AccessApproved.v9')).toBeUndefined();
    expect(findContract('constructor')).toBeUndefined();
  });
});
