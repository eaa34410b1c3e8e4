import { LIST_MS, nextLook, ONE_MS, type Looked } from './statuses.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const look = (all: readonly Looked[], more: Partial<Parameters<typeof nextLook>[1]> = {}): number => nextLook(all, { failed: false, movingMs: ONE_MS, now, hidden: false, ...more });

it.each<Looked>([{ status: 'pending' }, { status: 'activating' }, { status: 'ending' }, { status: 'scheduled' }, { status: 'scheduled', startAt: '2026-03-02T08:59:59Z' }])('looks soon while something is about to change: $status $startAt', (moving) => {
  expect(look([{ status: 'ended' }, moving])).toBe(ONE_MS);
  expect(look([moving], { movingMs: LIST_MS })).toBe(LIST_MS);
});

it.each<Looked>([{ status: 'active' }, { status: 'scheduled', startAt: '2026-03-02T09:00:01Z' }])('takes more time while access stands or is to come: $status $startAt', (open) => {
  expect(look([{ status: 'ended' }, open])).toBe(2_000);
});

it('hardly looks at what is over, or at what nobody sees, and spares a portal that failed', () => {
  expect(look([{ status: 'ended' }, { status: 'rejected' }])).toBe(15_000);
  expect(look([{ status: 'pending' }], { hidden: true })).toBe(15_000);
  expect(look([{ status: 'pending' }], { failed: true, hidden: true })).toBe(5_000);
});
