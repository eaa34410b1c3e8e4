import { anna, approved, begin, expired, granted, iso, minuteMs, opened, tell } from './fake-run.ts';
import { stretchesEndTogether } from './stretches-end-together.ts';

const extension = { requestId: 'r2', extends: 'r1', stretch: { requestId: 'r1', durationMinutes: 50 } };
const ofSecond = { requestId: 'r2' };
const revoked = (grantId: string, atMinute: number, code = 'ERR_ACCESS_REVOKED') => ({ ...expired(grantId, anna, atMinute), reason: { code, message: 'over' } });

/** Anna has g1 since minute 1, until 31; g2 of the second request prolongs it by 20 minutes. */
function run() {
  const at = tell(stretchesEndTogether);
  at.event('AccessApproved.v1', approved('g1', anna));
  at.event('AccessWindowOpened.v1', opened('g1'));
  at.event('AccessGranted.v1', granted('g1', anna, 1));
  at.event('AccessApproved.v1', approved('g2', anna, extension));
  return at;
}

describe('a stretch of access', () => {
  it('ends together', async () => {
    const at = run();
    at.event('AccessWindowOpened.v1', opened('g2'));
    at.event('AccessRevoked.v1', revoked('g1', 10));
    at.event('AccessRevoked.v1', { ...revoked('g2', 10), ...ofSecond });
    expect(await at.rest()).toEqual([]);
  });

  it('is found out where a part of it goes on', async () => {
    const at = run();
    at.event('AccessWindowOpened.v1', opened('g2'));
    at.event('AccessRevoked.v1', { ...revoked('g2', 10), ...ofSecond });
    expect(await at.rest()).toEqual([`grant g1 went on after ${iso(10)}, when somebody ended what it prolongs, or is prolonged by`]);
  });

  it('may go on where time, or nobody, ended a part of it', async () => {
    const at = run();
    at.event('AccessRevoked.v1', { ...revoked('g2', 10, 'ERR_ELIGIBILITY_LAPSED'), ...ofSecond });
    at.event('AccessExpired.v1', expired('g1', anna, 31));
    expect(await at.rest()).toEqual([]);
  });

  it('opens nothing once it is ended', () => {
    const at = run();
    at.event('AccessRevoked.v1', revoked('g1', 10));
    at.at(11);
    expect(at.event('AccessWindowOpened.v1', opened('g2'))).toBe('grant g2 was opened after somebody had ended what it prolongs');
  });

  it('may say late, or again, what it opened before', () => {
    const at = run();
    at.event('AccessRevoked.v1', revoked('g1', 10));
    at.at(11);
    expect(at.event('AccessWindowOpened.v1', opened('g2'), { occurredAt: iso(9) })).toBeUndefined();
  });

  it('lasts no longer than was accepted for the whole', () => {
    const at = run();
    const until = (minute: number) => ({ ...granted('g2', anna, 20), ...ofSecond, endsAt: iso(minute) });
    expect(at.event('AccessGranted.v1', until(51))).toBeUndefined();
    expect(at.event('AccessGranted.v1', until(52))).toBe(`grant g2 ends at ${iso(52)}, and its stretch was to end at ${new Date(begin + 51 * minuteMs).toISOString()}`);
  });

  it('is not judged by forgeries', async () => {
    const at = run();
    at.forged.add('lie');
    at.event('AccessRevoked.v1', revoked('g1', 10), { eventId: 'lie' });
    at.at(11);
    expect(at.event('AccessWindowOpened.v1', opened('g2'))).toBeUndefined();
    expect(await at.rest()).toEqual([]);
  });
});
