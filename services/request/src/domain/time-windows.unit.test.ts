import type { TimeWindow } from './policy.ts';
import { liesWithin, touches } from './time-windows.ts';

const sunday = (from: string, to: string): TimeWindow => ({ days: ['sunday'], from, to, timeZone: 'Europe/Berlin' });
const span = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });

describe('on the night on which clocks in Berlin show the hour from 02:00 twice', () => {
  // From the first 02:15 to the second 02:20, with the first 02:30 to 03:00 between them.
  const across = span('2026-10-25T00:15:00Z', '2026-10-25T01:20:00Z');

  it('access that goes on past the end of a window does not lie within it, though clocks show less when it ends', () => {
    expect(liesWithin([sunday('02:00', '02:30')], across)).toBe(false);
    expect(liesWithin([sunday('02:00', '03:00')], across)).toBe(true);
  });

  it('what is denied at one of the two times is not had', () => {
    expect(touches([sunday('02:30', '03:00')], across)).toBe(true);
    expect(touches([sunday('02:30', '03:00')], span('2026-10-25T00:50:00Z', '2026-10-25T01:10:00Z'))).toBe(true);
    expect(touches([sunday('03:00', '04:00')], across)).toBe(false);
  });
});

it('on the night on which they skip the hour from 02:00, it need not be within a window', () => {
  expect(liesWithin([sunday('00:00', '02:00'), sunday('03:00', '05:00')], span('2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z'))).toBe(true);
  expect(touches([sunday('02:10', '02:50')], span('2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z'))).toBe(false);
});

it('thirty days lie within every day', () => {
  const always: TimeWindow = { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], from: '00:00', to: '24:00', timeZone: 'Africa/Casablanca' };
  // Morocco puts its clocks back for Ramadan, and forward again, within thirty days.
  expect(liesWithin([always], span('2026-02-10T00:00:00Z', '2026-03-25T00:00:00Z'))).toBe(true);
  expect(liesWithin([{ ...always, to: '23:59' }], span('2026-02-10T00:00:00Z', '2026-03-25T00:00:00Z'))).toBe(false);
});
