import { delegationChangedV1, delegationRefusedV1, type DelegationChangedV1, type DelegationRefusedV1, type DeliveredEvent } from '@team/contracts';
import { buildEvent } from '@team/testing';
import { ownAccount } from '../../../cli/test/scripted-cloud.ts';
import { bob, dora, fakePeople, now, olga } from '../../test/people.ts';
import { fakeAudit, fakeIntents, fakeServices } from '../../test/services.ts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import { delegate } from './delegate.ts';
import type { SignedIn } from './ports.ts';
import { showDelegation } from './show-delegation.ts';

const delegationId = '018f6b7a-0000-7000-9000-00000000dd01';
const times = { from: '2026-12-01T00:00:00.000Z', until: '2026-12-08T00:00:00.000Z' };
const named = ({ userId, userName }: SignedIn) => ({ userId, userName });
const reasons = [{ code: 'ERR_DELEGATE_DISABLED' as const, message: 'bob is disabled in the identity store' }];
const recordedAt = '2026-11-30T08:59:59.000Z';
const asRecorded = (event: DeliveredEvent): RecordedEvent => ({ chain: 'source#team.approval#2026-11-30', recordedAt, source: event.source, account: ownAccount, eventId: event.id, detailType: event['detail-type'], detail: event.detail });
const changed = (data: Pick<DelegationChangedV1, 'delegationId' | 'delegator' | 'delegate'>): RecordedEvent => asRecorded(buildEvent(delegationChangedV1, { ...data, ...times, changedAt: recordedAt }));
const refusedWith = (data: DelegationRefusedV1): RecordedEvent => asRecorded(buildEvent(delegationRefusedV1, data));
const stands = changed({ delegationId, delegator: named(olga), delegate: named(bob) });
const withdrawn = changed({ delegationId, delegator: named(olga) });
const refused = (delegator: string, id = delegationId) => refusedWith({ delegationId: id, delegator, reasons });

function start(pages: readonly (readonly RecordedEvent[])[], since = '2026-11-30T08:00:00.000Z') {
  const asked: object[] = [];
  const recordedIn = async (from: object) => {
    const events = pages[asked.length] ?? [];
    asked.push(from);
    return { events, ...(asked.length < pages.length ? { next: `page ${asked.length}` } : {}) };
  };
  const ports = { people: fakePeople(), services: { ...fakeServices(), audit: fakeAudit({ recorded: recordedIn }) }, ownAccount, now: () => now };
  return { asked, show: (person: SignedIn = olga) => showDelegation(delegationId, { since }, person, ports) };
}

describe('what became of a delegation', () => {
  it.each([
    ['stands', [[stands]]],
    ['withdrawn', [[stands, withdrawn]]],
    ['withdrawn', [[stands], [withdrawn]]],
  ] as const)('is told to whose it is: it %s', async (outcome, pages) => {
    expect(await start(pages).show()).toEqual({ delegationId, outcome, text: expect.stringMatching(/olga/), reasons: [] });
  });

  it('is told with every reason where it was refused', async () => {
    expect(await start([[refused('OLGA@acme.example')]]).show()).toMatchObject({ outcome: 'refused', reasons });
  });

  it.each<[string, readonly RecordedEvent[]]>([
    ['nothing was said of it', []],
    ['it is of another', [refused(bob.userName), changed({ delegationId, delegator: named(bob), delegate: named(olga) })]],
    ['it is another', [refused(olga.userName, '018f6b7a-0000-7000-9000-00000000dd02')]],
    ['somebody else than the approval service said it', [{ ...refused(olga.userName), source: 'team.request' }, { ...stands, account: '999999999999' }]],
    ['it breaks its contract', [{ ...refused(olga.userName), detail: { ...refused(olga.userName).detail, data: { delegationId, delegator: olga.userName, reasons: 'none' } } }]],
  ])('is not known where %s', async (_, events) => {
    await expect(start([events]).show()).rejects.toMatchObject({ code: 'ERR_DELEGATION_UNKNOWN' });
  });

  it('is not told to who is disabled', async () => {
    await expect(start([[stands]]).show(dora)).rejects.toMatchObject({ code: 'ERR_PERSON_DISABLED' });
  });

  it.each([
    ['2026-11-30T08:59:30.000Z', '2026-11-30T08:59:28.000Z'],
    ['2020-01-01T00:00:00.000Z', '2026-11-30T08:00:00.000Z'],
  ])('is looked for since %s, and never in the trail of longer than an hour', async (since, from) => {
    const { show, asked } = start([[stands]], since);
    await show();
    expect(asked).toEqual([{ since: from }]);
  });

  it('is looked for in five pages at most', async () => {
    const { show, asked } = start(Array.from({ length: 12 }, () => [refused(bob.userName)]));
    await expect(show()).rejects.toMatchObject({ code: 'ERR_DELEGATION_UNKNOWN' });
    expect(asked).toHaveLength(5);
  });
});

it('whoever delegates is told where the outcome stands', async () => {
  const ports = { people: fakePeople(), intents: fakeIntents(), newId: () => delegationId, now: () => now };
  expect(await delegate({ delegate: bob.userName, ...times }, olga, ports)).toEqual({ delegationId, href: `/v1/delegations/${delegationId}?since=2026-11-30T09:00:00.000Z` });
});
