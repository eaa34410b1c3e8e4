import { uuidFrom } from '@team/testing';
import { messageOf, reading, requestId, start } from '../../test/events.ts';
import { recordOf } from './record.ts';

const record = (word: string, changes = {}) => recordOf(messageOf(word, changes), start, reading);

describe('the key of a record', () => {
  it('is the same when the bus delivers the event again, or its publisher publishes it again', () => {
    const again = record('one', { id: 'another-delivery', time: '2026-11-23T00:00:01Z' });
    expect(again.key).toBe(record('one').key);
  });

  it.each([
    ['another source', { source: 'com.example.other' }],
    ['another account', { account: '444455556666' }],
    ['another detail-type', { 'detail-type': 'SomethingElse.v1' }],
    ['another content under the same event id', { metadata: { extra: true } }],
  ])('is another one for %s', (_, changes) => {
    expect(record('one', changes).key).not.toBe(record('one').key);
  });

  it("names EventBridge's id where the emitter gave none that is a UUID", () => {
    expect(record('one').eventId).toBe(uuidFrom('one'));
    expect(record('one', { metadata: { eventId: 'mine' }, id: 'delivery-7' }).eventId).toBe('delivery-7');
    expect(record('one', { detail: {}, id: 'delivery-7' }).key).toMatch(/^com\.example\.system\|111122223333\|delivery-7\|[0-9a-f]{64}$/);
  });

  it.each([
    ['half a surrogate pair', '"\\ud800"'],
    ['a number beyond doubles', '1e999'],
    ['deep nesting', '['.repeat(20_000) + ']'.repeat(20_000)],
  ])('exists for an event with %s, which is recorded too', (_, json) => {
    const raw = messageOf('one').replace('"word":"one"', `"word":${json}`);
    expect(recordOf(raw, start, reading)).toMatchObject({ raw, chain: `request#${requestId}` });
    expect(recordOf(raw, start, reading)).toEqual(recordOf(raw, start, reading));
  });
});

describe('the chain of a record', () => {
  it('is its request, by metadata or else by data', () => {
    expect(record('one').chain).toBe(`request#${requestId}`);
    const other = uuidFrom('another request');
    expect(record('one', { detail: { metadata: {}, data: { requestId: other } } }).chain).toBe(`request#${other}`);
  });

  it('is its source and day where no valid request is named', () => {
    const unnamed = { metadata: { requestId: 'REQ-1' }, time: '2026-11-21T23:59:59Z' };
    expect(record('one', unnamed).chain).toBe('source#com.example.system#2026-11-21');
  });

  it('exists for an event with a time that is none', () => {
    expect(record('one', { metadata: { requestId: 'REQ-1' }, time: 'soon' }).chain).toBe('source#com.example.system#undated');
  });
});
