import { accessEndedV1, accessRequestedV1, catalog, ContractViolationError, deliveredEvent, limitsChangedV1 } from '@team/contracts';
import { asSchema, buildEvent, exampleOf, exampleValue, fixedClock } from './index.ts';

describe('an example', () => {
  it('has nothing that could be left out, but what a test asks for', () => {
    expect(Object.keys(exampleOf(accessRequestedV1)).sort()).toEqual(['requestId', 'requester', 'targets']);
    expect(exampleOf(accessRequestedV1, { durationMinutes: 60, breakGlass: true })).toMatchObject({ durationMinutes: 60, breakGlass: true });
  });

  it('is the same each time, and its ids differ by field', () => {
    expect(exampleOf(accessEndedV1)).toEqual(exampleOf(accessEndedV1));
    const { requestId, grantId } = exampleOf(accessEndedV1);
    expect(requestId).not.toBe(grantId);
  });

  it('with an override that does not fit is refused', () => {
    expect(() => exampleOf(accessRequestedV1, { durationMinutes: -1 })).toThrow(ContractViolationError);
  });

  it('is not made up where no sample fits', () => {
    expect(() => exampleValue(asSchema({ type: 'string', pattern: '^#$' }), { extent: 'required' })).toThrow('no sample fits ^#$: add one');
  });
});

describe('a built event', () => {
  it.each(catalog.map((contract) => [contract.detailType, contract] as const))('%s is one that EventBridge could deliver', (detailType, contract) => {
    const event = buildEvent<object>(contract, exampleOf<object>(contract));
    expect(deliveredEvent.parse(event)).toEqual(event);
    expect(event['detail-type']).toBe(detailType);
    expect(event.source).toBe(contract.source ?? 'com.example.pipeline');
  });

  it('built again is the same event delivered again; of other data it is another event', () => {
    const first = buildEvent(accessRequestedV1, exampleOf(accessRequestedV1));
    expect(buildEvent(accessRequestedV1, exampleOf(accessRequestedV1))).toEqual(first);
    const other = buildEvent(accessRequestedV1, exampleOf(accessRequestedV1, { durationMinutes: 2 }));
    expect(accessRequestedV1.parse(other.detail).metadata.eventId).not.toBe(accessRequestedV1.parse(first.detail).metadata.eventId);
  });

  it('carries what the test says about it', () => {
    const eventId = '0198c0de-0000-7000-8000-000000000001';
    const causationId = '0198c0de-0000-7000-8000-000000000002';
    const occurredAt = '2026-12-01T00:00:00.000Z';
    const event = buildEvent(accessRequestedV1, exampleOf(accessRequestedV1), { eventId, causationId, occurredAt, source: 'com.example.ci', account: '444455556666' });
    expect(event).toMatchObject({ source: 'com.example.ci', account: '444455556666', time: occurredAt });
    expect(accessRequestedV1.parse(event.detail).metadata).toMatchObject({ eventId, causationId, occurredAt });
  });

  it('names a request only where its data does', () => {
    expect(limitsChangedV1.parse(buildEvent(limitsChangedV1, exampleOf(limitsChangedV1)).detail).metadata).not.toHaveProperty('requestId');
  });
});

describe('a fixed clock', () => {
  it('goes on only when told', () => {
    const clock = fixedClock('2026-11-22T10:00:00.000Z');
    expect([clock(), clock()]).toEqual([1_795_341_600_000, 1_795_341_600_000]);
    clock.advance(60_000);
    expect(clock()).toBe(1_795_341_660_000);
  });

  it('does not start at what is no time', () => {
    expect(() => fixedClock('soon')).toThrow('not a time: soon');
  });
});
