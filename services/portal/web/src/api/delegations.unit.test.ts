import { delegationsPause } from './delegations.ts';

const now = Date.parse('2026-03-02T09:00:00Z');

it('looks at delegations often for half a minute after something was sent, and hardly otherwise', () => {
  expect([now, now - 29_999, now - 30_000, undefined].map((sentAt) => delegationsPause(sentAt, now))).toEqual([2_000, 2_000, 15_000, 15_000]);
});
