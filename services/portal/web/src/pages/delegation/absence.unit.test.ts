import { delegationOf, noAbsence } from './absence.ts';

const now = Date.parse('2026-11-30T10:00:00Z');
const week = { ...noAbsence, delegate: ' ben ', fromDate: '2026-12-01', fromTime: '09:00', untilDate: '2026-12-08' };

describe('an absence', () => {
  it('is from and until what was filled in, a last day without a time to its end', () => {
    expect(delegationOf(week, true, now)).toEqual({ delegation: { delegate: 'ben', from: '2026-12-01T09:00:00.000Z', until: '2026-12-09T00:00:00.000Z' } });
  });

  it('begins now where no first day is said', () => {
    expect(delegationOf({ ...week, fromDate: '' }, true, now)).toMatchObject({ delegation: { from: '2026-11-30T10:00:00.000Z' } });
  });

  it.each([
    ['nobody decides meanwhile', { delegate: ' ' }, 'delegate'],
    ['no end is said', { untilDate: '' }, 'until'],
    ['a time is half filled in', { fromTime: '9' }, 'from'],
    ['it ends before it begins', { untilDate: '2026-11-30', untilTime: '23:00' }, 'until'],
    ['it is over', { fromDate: '2026-11-01', untilDate: '2026-11-02' }, 'until'],
    ['it is longer than anybody may be away', { untilDate: '2027-03-05' }, 'until'],
  ])('is not sent where %s', (_why, change, field) => {
    expect(delegationOf({ ...week, ...change }, true, now)).toEqual({ wrong: { [field]: expect.any(String) } });
  });
});
