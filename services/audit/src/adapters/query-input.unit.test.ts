import { requestId, start } from '../../test/events.ts';
import { parseAuditQuery } from './query-input.ts';

describe('a query', () => {
  it('asks for fifty events unless it says how many', () => {
    expect(parseAuditQuery({ op: 'events', since: start })).toEqual({ op: 'events', since: start, limit: 50 });
    expect(parseAuditQuery({ op: 'events', requestId, limit: 200 })).toEqual({ op: 'events', requestId, limit: 200 });
    expect(parseAuditQuery({ op: 'verify', after: 'records:' })).toEqual({ op: 'verify', after: 'records:' });
  });

  it.each([
    [{ op: 'drop' }, 'op: '],
    [{ op: 'events', requestId: 'REQ-1', limit: 0 }, 'requestId: .*; limit: '],
    [{ op: 'events', limit: 201 }, 'limit: '],
    [{ op: 'verify', requestID: requestId }, 'requestID'],
    [undefined, 'not a query of the audit trail'],
  ])('%j is refused, naming what is wrong', (input, message) => {
    const refusal = { code: 'ERR_QUERY_INVALID', retryable: false, message: expect.stringMatching(new RegExp(message, 's')) };
    expect(() => parseAuditQuery(input)).toThrow(expect.objectContaining(refusal));
  });
});
