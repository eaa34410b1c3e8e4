import { nextLook, sparing, type Looked } from './statuses.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const look = (all: readonly Looked[], more: Partial<Parameters<typeof nextLook>[1]> = {}): number => nextLook(all, { failed: false, now, hidden: false, ...more });
const [justNow, longAgo] = ['2026-03-02T08:59:31Z', '2026-03-02T08:59:30Z'];

it.each<Looked>([{ status: 'activating' }, { status: 'ending' }, { status: 'scheduled' }, { status: 'scheduled', startAt: justNow }, { status: 'pending', approvedAt: justNow }])('looks soon while something is about to change: $status $startAt', (moving) => {
  expect(look([{ status: 'ended' }, moving])).toBe(1_000);
});

it.each<Looked>([{ status: 'activating', askedAt: justNow }, { status: 'activating', askedAt: longAgo, approvedAt: justNow }, { status: 'scheduled', askedAt: longAgo, startAt: justNow }])('looks at one at once again while something is at work: $status', (moving) => {
  expect(look([moving], { one: true })).toBe(250);
  expect(look([moving])).toBe(1_000);
});

it.each<Looked>([{ status: 'activating', askedAt: longAgo, approvedAt: longAgo, startAt: longAgo }, { status: 'ending' }, { status: 'pending', askedAt: justNow }])('takes its time with one where work takes long, or a person does: $status', (waiting) => {
  expect(look([waiting], { one: true })).toBe(1_000);
});

it.each<Looked>([{ status: 'active' }, { status: 'scheduled', startAt: '2026-03-02T09:00:01Z' }])('takes more time while access stands or is to come: $status $startAt', (open) => {
  expect(look([{ status: 'ended' }, open])).toBe(2_000);
});

it('hardly looks at what is over, or at what nobody sees, and spares a portal that failed', () => {
  expect(look([{ status: 'ended' }, { status: 'rejected' }])).toBe(15_000);
  expect(look([{ status: 'pending' }], { hidden: true })).toBe(15_000);
  expect(look([{ status: 'pending' }], { failed: true, hidden: true })).toBe(5_000);
});

it('looks as often as is said unless nobody sees it, or it failed', () => {
  expect([sparing(2_000, { failed: false, hidden: false }), sparing(2_000, { failed: false, hidden: true }), sparing(2_000, { failed: true, hidden: true })]).toEqual([2_000, 15_000, 5_000]);
});
