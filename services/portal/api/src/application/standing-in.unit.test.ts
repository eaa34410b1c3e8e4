import { ada, alice, approvers, bob, fakePeople, now, olga, rudi } from '../../test/people.ts';
import { active, fakeViews, nobody, request, requestIdOf, theApprovers, type Made } from '../../test/requests.ts';
import { fakePlaces } from '../../test/services.ts';
import { fakeIntents, fakeSigner } from '../../test/services.ts';
import { decide } from './decide.ts';
import { end } from './end.ts';
import { listRequests } from './list-requests.ts';
import type { RequestView, SignedIn, StoodInFor } from './ports.ts';
import { review } from './review.ts';
import { showOverview } from './show-overview.ts';
import { showRequest } from './show-request.ts';

/** Bob is away, and Olga decides in his place, unless told otherwise. */
const bobAway: StoodInFor = { userId: bob.userId, userName: bob.userName, groupIds: [approvers] };
const rudiAway: StoodInFor = { userId: rudi.userId.toUpperCase(), userName: rudi.userName, groupIds: [] };

const portsOf = (views: readonly RequestView[], away: readonly StoodInFor[] = [bobAway]) => ({ people: fakePeople({ [olga.userId]: away }), views: fakeViews(views), places: fakePlaces(), mayAskForOthers: nobody, now: () => now });
const stage = (approverIds: readonly string[], counted: readonly string[]) => ({ approvers: { groupIds: [], userIds: approverIds }, counted });
const others = { requester: rudi } as const;
const inBobsPlace = { deciderIds: [olga.userId], decidedFor: [{ deciderId: olga.userId.toUpperCase(), absentId: bob.userId }] } as const;
/** Olga has approved it in Bob's place, and access stands. */
const decided = (number: number, made: Made = {}): RequestView => active(number, { ...made, view: { ...inBobsPlace, revocableBy: nobody, ...made.view } });

describe('whoever stands in for an approver', () => {
  const views = [
    request(1),
    active(2),
    request(3, { requester: bob }),
    request(4, { requester: olga }),
    request(5, { view: { ownIds: [alice.userId, bob.userId.toUpperCase()] } }),
    request(6, { view: { deciderIds: [bob.userId] } }),
    request(7, { view: inBobsPlace }),
    request(8, { ...others, view: { waitsFor: { groupIds: [], userIds: [rudi.userId] }, wasAsked: { groupIds: [], userIds: [rudi.userId] } } }),
    decided(9),
    decided(10, { requester: bob }),
    // What Olga decided and reviewed as one of those who were asked, when she was one.
    active(11, { ...others, view: { deciderIds: [olga.userId], reviewerIds: [olga.userId], wasAskedToReview: { groupIds: [], userIds: [bob.userId] }, revocableBy: nobody } }),
  ];
  const listed = async (list: 'to-approve' | 'decided' | 'active' | 'mine', away?: readonly StoodInFor[]) => {
    const { items } = await listRequests({ list, limit: 50 }, olga, portsOf(views, away));
    return items.map(({ requestId, inPlaceOf }) => [Number(requestId.slice(-4)), inPlaceOf]);
  };

  it('has in their list what waits for that one and would count, never what either asked for, with whose place it is', async () => {
    expect(await listed('to-approve')).toEqual([[1, bob.userName]]);
  });

  it('has nothing of it when they stand in no more', async () => {
    expect(await listed('to-approve', [])).toEqual([]);
    expect(await listed('decided', [])).toEqual([]);
  });

  it('has what they decided, as long as they stand in', async () => {
    expect(await listed('decided')).toEqual([[7, undefined], [9, undefined]]);
  });

  it('learns nothing of a requester from having asked for them', async () => {
    const theirs = [request(20, { ...others, view: { ownIds: [rudi.userId, olga.userId] } }), active(21, others)];
    const before = async (person: SignedIn) => (await showRequest(theirs[0]?.row.requestId ?? '', person, portsOf(theirs))).requesterBefore;
    expect(await before(olga)).toEqual([]);
    expect(await before(bob)).toHaveLength(1);
  });

  it('has nothing more of what is active, or is theirs', async () => {
    expect(await listed('active')).toEqual([]);
    expect(await listed('mine')).toEqual([[4, undefined]]);
  });

  it('is told of those requests alone, and counts them', async () => {
    const seen = await Promise.all(views.map(({ row }) => showRequest(row.requestId, olga, portsOf(views)).then(() => Number(row.requestId.slice(-4)), () => undefined)));
    expect(seen.filter((number) => number !== undefined)).toEqual([1, 4, 6, 7, 9]);
    expect(await showOverview(olga, portsOf(views))).toMatchObject({ counted: 5, activeNow: 0 });
    expect(await showOverview(olga, portsOf(views, []))).toMatchObject({ counted: 1 });
  });

  it('may decide on it and nothing else, and sees what an approver sees', async () => {
    const had = active(2);
    const detail = await showRequest(requestIdOf(1), olga, portsOf([request(1), had]));
    expect(detail).toMatchObject({ row: { inPlaceOf: bob.userName }, may: { decide: true, cancel: false, end: false, extend: false, review: false }, requesterBefore: [{ times: 1 }] });
  });

  it('decides in their own right where they have one', async () => {
    const view = request(1, { view: { openStages: [stage([bob.userId], []), stage([olga.userId], [])], waitsFor: { groupIds: [], userIds: [bob.userId, olga.userId] } } });
    const detail = await showRequest(requestIdOf(1), olga, portsOf([view]));
    expect([detail.may.decide, detail.row.inPlaceOf]).toEqual([true, undefined]);
  });

  it('decides in the place of the first who is asked, and for other targets after they have decided themselves', async () => {
    const view = request(1, { view: { openStages: [stage([rudi.userId], []), stage([olga.userId], [olga.userId])], waitsFor: { groupIds: [], userIds: [rudi.userId, olga.userId] }, deciderIds: [olga.userId] } });
    const detail = await showRequest(requestIdOf(1), olga, portsOf([view], [bobAway, rudiAway]));
    expect([detail.may.decide, detail.row.inPlaceOf]).toEqual([true, rudi.userName]);
  });
});

describe('a decision in the place of another', () => {
  async function said(view: RequestView, verdict: 'approve' | 'deny' = 'approve', away: readonly StoodInFor[] = [bobAway], person: SignedIn = olga) {
    const [intents, signer] = [fakeIntents(), fakeSigner()];
    const outcome = await decide(requestIdOf(1), { verdict }, person, { ...portsOf([view], away), intents, signer, newId: () => requestIdOf(77) }).then(() => 'sent', ({ code }: { code: string }) => code);
    expect([intents.sent.length, signer.signed.length]).toEqual(outcome === 'sent' ? [1, 1] : [0, 0]);
    return { outcome, intents, signer };
  }

  it('is signed as that of who decides: the approval service finds out in whose place', async () => {
    const { signer, intents } = await said(request(1));
    expect(signer.signed).toEqual([expect.objectContaining({ decider: olga.userId, verdict: 'approve' })]);
    expect(intents.sent).toEqual([{ detailType: 'ApprovalDecisionSubmitted.v1', data: expect.objectContaining({ decider: olga.userName }) }]);
  });

  const bothSeen = { waitsFor: { groupIds: [approvers], userIds: [rudi.userId] } };
  it.each<[string, RequestView, string, (readonly StoodInFor[])?]>([
    ['when they stand in no more', request(1), 'ERR_REQUEST_UNKNOWN', []],
    ['on what who decides asked for', request(1, { requester: olga }), 'ERR_SELF_APPROVAL'],
    ['on what who is away asked for', request(1, { requester: bob }), 'ERR_REQUEST_UNKNOWN'],
    ['on what one of two who are away asked for, where the other is not waited for', request(1, { requester: bob, view: { deciderIds: [olga.userId], decidedFor: [{ deciderId: olga.userId, absentId: rudi.userId }], wasAsked: { groupIds: [], userIds: [rudi.userId] } } }), 'ERR_ALREADY_DECIDED', [bobAway, rudiAway]],
    ['on what one of two who are away asked for, whom both it waits for, of whom the other counts', request(1, { requester: bob, view: { ...bothSeen, deciderIds: [rudi.userId] } }), 'ERR_SELF_APPROVAL', [bobAway, rudiAway]],
    ['where who is away has decided', request(1, { view: { deciderIds: [bob.userId] } }), 'ERR_ALREADY_DECIDED'],
    ['where they have decided', request(1, { view: { deciderIds: [olga.userId] } }), 'ERR_ALREADY_DECIDED'],
    ['on what is over', decided(1), 'ERR_NOT_PENDING'],
  ])('is neither signed nor sent %s', async (_, view, code, away = [bobAway]) => {
    expect((await said(view, 'approve', away)).outcome).toBe(code);
  });

  it('may be a no after a yes of either, as the approval service takes it', async () => {
    for (const one of [bob, olga]) expect((await said(request(1, { view: { deciderIds: [one.userId] } }), 'deny')).outcome).toBe('sent');
    expect((await said(request(1, { view: { deciderIds: [bob.userId] } }), 'deny', [], bob)).outcome).toBe('sent');
  });

  it('asks who is away anew', async () => {
    const { people, views } = portsOf([request(1)]);
    const asked: string[] = [];
    const ports = { views, people: { ...people, stoodInForBy: async (id: string, freshness: string) => (asked.push(freshness), id === olga.userId ? [bobAway] : []) }, intents: fakeIntents(), signer: fakeSigner(), newId: () => requestIdOf(77), now: () => now };
    await decide(requestIdOf(1), { verdict: 'approve' }, olga, ports);
    expect(asked).toEqual(['live']);
  });
});

it('nobody ends or reviews anything in the place of another', async () => {
  const ports = { ...portsOf([request(1)]), intents: fakeIntents(), signer: fakeSigner() };
  await expect(end(requestIdOf(1), {}, olga, ports)).rejects.toMatchObject({ code: 'ERR_MAY_NOT_END' });
  const waiting = request(1, { row: { status: 'ended', breakGlass: true }, story: { review: { status: 'waiting', reviewBy: '2026-12-01T00:00:00.000Z', reviewers: theApprovers } }, view: { wasAskedToReview: theApprovers } });
  await expect(review(requestIdOf(1), { verdict: 'justified' }, olga, { ...portsOf([waiting]), intents: fakeIntents(), signer: fakeSigner() })).rejects.toMatchObject({ code: 'ERR_REQUEST_UNKNOWN' });
  await expect(showRequest(requestIdOf(1), ada, portsOf([waiting]))).resolves.toMatchObject({ may: { review: false } });
});
