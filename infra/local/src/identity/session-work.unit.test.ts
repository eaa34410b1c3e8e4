import { workIn, type Period } from './session-work.ts';

const hour = 3_600_000;
const from = Date.parse('2026-03-02T09:00:00Z');
const period = (seed: number, more: Partial<Period> = {}): Period => ({ seed: `seed ${seed}`, accountId: '111122223333', region: 'eu-central-1', permissionSetName: 'PowerUserAccess', userName: 'dana.jansen@acme.example', sessionMs: hour, from, removedAt: from + hour, ...more });
const many = (more: Partial<Period> = {}) => Array.from({ length: 200 }, (_, seed) => workIn(period(seed, more)));
const calls = (more?: Partial<Period>) => many(more).flat().filter(({ record }) => record.userIdentity.type === 'AssumedRole');

it('the same period brings the same work, and another one other work', () => {
  expect(workIn(period(1))).toEqual(workIn(period(1)));
  expect(workIn(period(1))).not.toEqual(workIn(period(2)));
});

it('what was done before an end was known stays when it is', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const [open, closed] = [workIn(period(seed, { removedAt: undefined })), workIn(period(seed))];
    const before = <T extends { readonly at: number }>(work: readonly T[]): readonly T[] => work.filter(({ at }) => at < from + hour);
    expect(before(closed)).toEqual(before(open));
  }
});

it('some do nothing, some only read; some calls are refused, some come late, some are made after removal and none after the session', () => {
  const all = many();
  expect(all.filter((work) => work.length === 0).length).toBeGreaterThan(10);
  expect(all.filter((work) => work.length > 0 && work.every(({ record }) => record.readOnly || record.eventName === 'ConsoleLogin')).length).toBeGreaterThan(10);
  const made = calls();
  expect(made.some(({ record }) => !record.readOnly && record.eventName !== 'ConsoleLogin')).toBe(true);
  expect(made.some(({ record }) => record.errorCode === 'AccessDenied')).toBe(true);
  expect(new Set(made.map(({ at, deliveredAt }) => (deliveredAt - at) / 60_000))).toEqual(new Set([5, 50]));
  expect(calls({ removedAt: from + hour / 4 }).some(({ at }) => at > from + hour / 4)).toBe(true);
  expect(Math.max(...calls({ removedAt: undefined }).map(({ at }) => at))).toBeLessThan(from + hour + 60_000);
});

it('nobody writes through a permission set that reads', () => {
  for (const permissionSetName of ['ReadOnlyAccess', 'BillingViewer', 'SupportUser']) {
    expect(calls({ permissionSetName }).every(({ record }) => record.readOnly || record.eventName === 'ConsoleLogin')).toBe(true);
  }
});

it('a session is named after the user, under the role of the permission set in the account', () => {
  const [first] = calls();
  expect(first?.record.userIdentity).toMatchObject({
    accountId: '111122223333',
    principalId: expect.stringMatching(/^AROA[0-9A-F]{16}:dana\.jansen@acme\.example$/) as unknown,
    sessionContext: { sessionIssuer: { userName: expect.stringMatching(/^AWSReservedSSO_PowerUserAccess_[0-9a-f]{16}$/) as unknown } },
  });
});
