import { ada, alice, approvers, bob, dora, fakePeople, now, olga, rudi } from '../../test/people.ts';
import { active, fakeViews, nobody, request, requestIdOf, theApprovers } from '../../test/requests.ts';
import { fakeIntents, fakeSigner } from '../../test/services.ts';
import { decide } from './decide.ts';
import type { RequestView, SignedIn } from './ports.ts';
import { review } from './review.ts';

const requestId = requestIdOf(1);
const decisionId = '018f6b7a-0000-7000-9000-000000000001';

function start(view: RequestView) {
  const people = fakePeople();
  const intents = fakeIntents();
  const signer = fakeSigner();
  const ports = { people, views: fakeViews([view]), intents, signer, newId: () => decisionId, now: () => now };
  return {
    ...{ people, intents, signer },
    decide: (person: SignedIn, comment?: string) => decide(requestId, { verdict: 'approve', ...(comment === undefined ? {} : { comment }) }, person, ports),
    review: (person: SignedIn) => review(requestId, { verdict: 'not-justified' }, person, ports),
  };
}

describe('a decision', () => {
  it('is signed over the request as accepted, and by whom, and put on the bus with that signature', async () => {
    const { decide: say, signer, intents, people } = start(request(1));
    expect(await say(bob, 'fine')).toEqual({ requestId, href: `/v1/requests/${requestId}` });
    expect(signer.signed).toEqual([{ requestId, requestDigest: 'a'.repeat(64), decisionId, decider: bob.userId, verdict: 'approve', authTime: bob.authTime }]);
    expect(intents.sent).toEqual([
      {
        detailType: 'ApprovalDecisionSubmitted.v1',
        data: { requestId, decisionId, verdict: 'approve', decider: bob.userName, comment: 'fine', signature: 'header.claims.signature' },
      },
    ]);
    expect(people.asked).toEqual(['live']);
  });

  it('counts of whoever is named by id', async () => {
    const { decide: say } = start(request(1, { view: { waitsFor: { groupIds: [], userIds: [olga.userId.toUpperCase()] } } }));
    await expect(say(olga)).resolves.toMatchObject({ requestId });
  });

  it.each<[string, RequestView, SignedIn, string]>([
    ['on what one asked for', request(1, { requester: bob }), bob, 'ERR_SELF_APPROVAL'],
    ['on what one asked for another', request(1, { view: { ownIds: [alice.userId, bob.userId] } }), bob, 'ERR_SELF_APPROVAL'],
    ['on what one wrote that one asked, before anybody judged it', request(1, { row: { askedBy: 'BOB@acme.example' }, view: { ownIds: [] } }), bob, 'ERR_SELF_APPROVAL'],
    ['on what is decided', active(1), bob, 'ERR_NOT_PENDING'],
    ['on what was cancelled', request(1, { row: { status: 'cancelled' }, view: { revocableBy: theApprovers } }), bob, 'ERR_NOT_PENDING'],
    ['a second time', request(1, { view: { deciderIds: [bob.userId] } }), bob, 'ERR_ALREADY_DECIDED'],
    ['before anybody is asked', request(1, { view: { requestDigest: undefined } }), bob, 'ERR_NOT_ASKED_YET'],
    ['of an auditor', request(1), ada, 'ERR_NOT_AN_APPROVER'],
    ['of an administrator who is not asked', request(1), rudi, 'ERR_NOT_AN_APPROVER'],
    ['of somebody who has nothing to do with it', request(1), olga, 'ERR_REQUEST_UNKNOWN'],
    ['of somebody disabled', request(1, { view: { waitsFor: { groupIds: [], userIds: [dora.userId] } } }), dora, 'ERR_PERSON_DISABLED'],
    ['of somebody who signed in 15 minutes and a second ago', request(1), { ...bob, authTime: now / 1000 - 901 }, 'ERR_SIGN_IN_TOO_OLD'],
  ])('%s is neither signed nor sent', async (_, view, person, code) => {
    const { decide: say, signer, intents } = start(view);
    await expect(say(person)).rejects.toMatchObject({ code, retryable: false });
    expect([signer.signed, intents.sent]).toEqual([[], []]);
  });

  it('is taken of somebody who signed in 15 minutes ago', async () => {
    await expect(start(request(1)).decide({ ...bob, authTime: now / 1000 - 900 })).resolves.toMatchObject({ requestId });
  });
});

describe('a review', () => {
  const waiting = { status: 'waiting', reviewBy: '2026-12-01T00:00:00.000Z', reviewers: { groupIds: [approvers], userIds: [] } } as const;
  const over = (story: RequestView['story']['review'], more: Partial<RequestView> = {}): RequestView =>
    request(1, { row: { status: 'ended', breakGlass: true }, story: { breakGlass: true, ...(story === undefined ? {} : { review: story }) }, view: { revocableBy: theApprovers, ...more } });

  it('is signed and put on the bus', async () => {
    const { review: say, signer, intents } = start(over(waiting));
    await say(bob);
    expect(signer.signed).toEqual([{ requestId, reviewer: bob.userId, verdict: 'not-justified', authTime: bob.authTime }]);
    expect(intents.sent).toEqual([
      { detailType: 'AccessReviewSubmitted.v1', data: { requestId, reviewer: bob.userName, verdict: 'not-justified', signature: 'header.claims.signature' } },
    ]);
  });

  it.each<[string, RequestView, SignedIn, string]>([
    ['of what one had', over({ ...waiting, reviewers: { groupIds: [], userIds: [alice.userId] } }), alice, 'ERR_SELF_REVIEW'],
    ['of what was no break glass', over(undefined), bob, 'ERR_NOT_BREAK_GLASS'],
    ['while the access stands', over({ status: 'later' }), bob, 'ERR_REVIEW_TOO_EARLY'],
    ['of what was reviewed', over({ status: 'reviewed', verdict: 'justified', by: 'x', at: '2026-11-30T08:00:00.000Z' }), bob, 'ERR_ALREADY_REVIEWED'],
    ['of somebody who is not asked', over({ ...waiting, reviewers: nobody }), bob, 'ERR_NOT_A_REVIEWER'],
    ['of somebody who has nothing to do with it', over(waiting), olga, 'ERR_REQUEST_UNKNOWN'],
    ['of somebody who signed in too long ago', over(waiting), { ...bob, authTime: 0 }, 'ERR_SIGN_IN_TOO_OLD'],
  ])('%s is neither signed nor sent', async (_, view, person, code) => {
    const { review: say, signer, intents } = start(view);
    await expect(say(person)).rejects.toMatchObject({ code });
    expect([signer.signed, intents.sent]).toEqual([[], []]);
  });
});
