import type { EligibilityPolicy } from '@team/contracts';
import { alice, bob, dora, engineers, fakePeople, now } from '../../test/people.ts';
import { account, setArn } from '../../test/requests.ts';
import { fakePlaces, fakeServices, policy } from '../../test/services.ts';
import { listAskable, rememberedMatrix } from './list-askable.ts';
import type { SignedIn } from './ports.ts';

const setNamed = (number: number): string => setArn.slice(0, -4) + String(number).padStart(4, '0');
const accounts = [
  { id: '333333333333', name: 'payments-10', active: true, ouPath: ['r-acme', 'ou-acme-work0000', 'ou-acme-prod0000'] },
  { id: '222222222222', name: 'payments-9', active: true, ouPath: ['r-acme', 'ou-acme-work0000', 'ou-acme-prod0000'] },
  { id: '444444444444', name: 'sandbox', active: true, ouPath: ['r-acme', 'ou-acme-play0000'] },
  { id: '555555555555', name: 'old', active: false, ouPath: ['r-acme', 'ou-acme-work0000'] },
  { id: '111111111111', name: 'management', active: true, ouPath: ['r-acme'] },
];
const permissionSets = [
  { arn: setNamed(2), name: 'ReadOnlyAccess', sessionDurationMinutes: 60 },
  { arn: setNamed(1), name: 'Admin', sessionDurationMinutes: 60 },
];

/** The list, over one memory. */
function listing(ports: Parameters<typeof rememberedMatrix>[0]) {
  const matrixOf = rememberedMatrix(ports);
  return (question: Parameters<typeof listAskable>[0], person: SignedIn) => listAskable(question, person, { matrixOf });
}

function start(policies: readonly EligibilityPolicy[], more: { readonly now?: () => number } = {}) {
  const services = fakeServices(policies);
  const list = listing({ people: fakePeople(), places: fakePlaces(accounts, permissionSets), services, outOfReach: ['111111111111'], now: () => now, ...more });
  const of = async (search?: string, person = alice): Promise<readonly string[]> =>
    (await list({ limit: 200, ...(search === undefined ? {} : { search }) }, person)).items.map(({ accountName, permissionSetName }) => `${accountName} ${permissionSetName}`);
  return { list, of, services };
}

const everywhere = { accountIds: [], organizationalUnitIds: ['r-acme'] };
const all = policy({ targets: everywhere, permissionSetArns: [setNamed(1), setNamed(2)] });

describe('what somebody may ask for', () => {
  it('is everything below a unit, at any depth, in accounts that are active and in reach', async () => {
    expect(await start([all]).of()).toEqual([
      'payments-9 Admin', 'payments-9 ReadOnlyAccess', 'payments-10 Admin', 'payments-10 ReadOnlyAccess', 'sandbox Admin', 'sandbox ReadOnlyAccess',
    ]);
  });

  it.each<[string, readonly EligibilityPolicy[], readonly string[]]>([
    ['nothing by a policy of other people', [policy({ ...all, principals: { groupIds: [], userIds: [bob.userId] } })], []],
    ['what names them, in any letter case', [policy({ principals: { groupIds: [], userIds: [alice.userId.toUpperCase()] }, targets: { accountIds: ['444444444444'], organizationalUnitIds: [] }, permissionSetArns: [setNamed(1)] })], ['sandbox Admin']],
    ['what no policy denies', [all, policy({ effect: 'deny', targets: { accountIds: [], organizationalUnitIds: ['ou-acme-work0000'] }, permissionSetArns: [setNamed(1), setNamed(2)] })], ['sandbox Admin', 'sandbox ReadOnlyAccess']],
    ['what is denied in certain hours only', [policy({ ...all, permissionSetArns: [setNamed(1)], targets: { accountIds: ['444444444444'], organizationalUnitIds: [] } }), policy({ ...all, effect: 'deny', timeWindows: [{ days: ['sunday'], from: '00:00', to: '24:00', timeZone: 'UTC' }] })], ['sandbox Admin']],
    ['nothing of a policy that does not hold yet', [policy({ ...all, validFrom: '2026-11-30T09:00:01.000Z' })], []],
    ['nothing of a policy that holds no longer', [policy({ ...all, validUntil: '2026-11-30T09:00:00.000Z' })], []],
    ['nothing of what is named by tag alone', [policy({ ...all, targets: { accountIds: [], organizationalUnitIds: [], accountTags: [{ key: 'stage' }] } })], []],
  ])('is %s', async (_, policies, expected) => {
    expect(await start(policies).of()).toEqual(expected);
  });

  it('is told with the longest of any one policy, within the limits, and the most that any allows', async () => {
    const { list } = start([
      policy({ ...all, maximumDurationMinutes: 9_000 }),
      policy({ ...all, targets: { accountIds: ['444444444444'], organizationalUnitIds: [] }, maximumDurationMinutes: 60, approval: 'not-required', breakGlass: 'allowed' }),
    ]);
    const { items } = await list({ limit: 200 }, alice);
    const [first] = items;
    expect(first).toEqual({
      ...{ accountId: '222222222222', accountName: 'payments-9', permissionSetArn: setNamed(1), permissionSetName: 'Admin' },
      ...{ maximumMinutes: 480, approvalRequired: true, breakGlass: false },
    });
    expect(items.at(-1)).toMatchObject({ accountName: 'sandbox', maximumMinutes: 480, approvalRequired: false, breakGlass: true });
  });

  it('is refused to somebody disabled', async () => {
    await expect(start([all]).of(undefined, dora)).rejects.toMatchObject({ code: 'ERR_PERSON_DISABLED' });
  });
});

it.each([
  ['PAY', 4],
  ['pay admin', 2],
  ['admin pay 9', 1],
  ['4444', 2],
  ['  ', 6],
  ['nothing', 0],
])('a search for %j finds each word in account or permission set', async (search, count) => {
  expect(await start([all]).of(search)).toHaveLength(count);
});

it('goes on where a page ended, until nothing is left', async () => {
  const { list } = start([all]);
  const found: string[] = [];
  for (let after: string | undefined, page = 0; page < 10; page += 1) {
    const { items, next } = await list({ limit: 4, search: 'a', ...(after === undefined ? {} : { after }) }, alice);
    found.push(...items.map(({ accountName, permissionSetName }) => `${accountName} ${permissionSetName}`));
    after = next;
    if (next === undefined) break;
  }
  expect(found).toEqual(await start([all]).of());
});

describe('what was found out', () => {
  it('is remembered for a minute, for each person by themselves', async () => {
    let time = now;
    const { of, services } = start([all], { now: () => time });
    expect(await of()).toHaveLength(6);
    expect(await of('', bob)).toEqual([]);
    expect(await of()).toHaveLength(6);
    expect(services.asked).toEqual(['policies', 'policies']);
    time += 60_000;
    await of();
    expect(services.asked).toHaveLength(3);
  });

  it('is not remembered where it failed', async () => {
    let fails = true;
    const services = fakeServices([all]);
    const requestPolicies: typeof services.requestPolicies = () => (fails ? Promise.reject(new Error('down')) : services.requestPolicies());
    const list = listing({ people: fakePeople(), places: fakePlaces(accounts, permissionSets), services: { requestPolicies }, outOfReach: [], now: () => now });
    await expect(list({ limit: 1 }, alice)).rejects.toThrow('down');
    fails = false;
    expect((await list({ limit: 1 }, alice)).items).toHaveLength(1);
  });

  it('is whole for 600 accounts and 80 permission sets under 200 policies, page by page, each once', async () => {
    const many = Array.from({ length: 600 }, (_, number) => ({ ...account, id: String(number).padStart(12, '0'), name: `account ${number}`, active: true, ouPath: ['r-acme'] }));
    const sets = Array.from({ length: 80 }, (_, number) => ({ arn: setNamed(number), name: `set ${number}`, sessionDurationMinutes: 60 }));
    const policies = Array.from({ length: 200 }, () => policy({ principals: { groupIds: [engineers], userIds: [] }, targets: everywhere, permissionSetArns: sets.map(({ arn }) => arn) }));
    const list = listing({ people: fakePeople(), places: fakePlaces(many, sets), services: fakeServices(policies), outOfReach: [], now: () => now });
    const found = new Set<string>();
    for (let after: string | undefined, pages = 0; pages < 48; pages += 1) {
      const page = await list({ limit: 1_000, ...(after === undefined ? {} : { after }) }, alice);
      for (const { accountId, permissionSetArn } of page.items) found.add(`${accountId} ${permissionSetArn}`);
      after = page.next;
    }
    expect(found.size).toBe(600 * 80);
  });
});
