import { asLooked } from './delegations.ts';
import { nextLook } from './statuses.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const look = (sentAt: number | undefined, failed = false): number => nextLook([asLooked(sentAt, now)], { failed, now, hidden: false });

it('looks at delegations often for half a minute after something was sent', () => {
  expect([look(now), look(now - 29_999)]).toEqual([2_000, 2_000]);
});

it('hardly looks otherwise, and spares a portal that failed', () => {
  expect([look(undefined), look(now - 30_000), look(now, true)]).toEqual([15_000, 15_000, 5_000]);
});
