import {
  accessApprovedV1,
  accessCancelledV1,
  accessDeniedV1,
  accessEndedV1,
  accessExpiredV1,
  accessGrantFailedV1,
  accessGrantedV1,
  accessOverdueV1,
  accessRequestAcceptedV1,
  accessRequestRejectedV1,
  accessRequestedV1,
  accessReviewedV1,
  accessReviewRefusedV1,
  accessReviewOverdueV1,
  accessReviewRequestedV1,
  accessRevocationRefusedV1,
  accessRevokedV1,
  accessWindowOpenedV1,
  approvalDecisionRefusedV1,
  approvalExpiredV1,
  approvalRequestedV1,
  cancellationRefusedV1,
  type GrantStatus,
} from '@team/contracts';
import { exampleOf } from '@team/testing';
import type { RecordedEvent } from './recorded-event.ts';
import { recorded } from '../../cli/test/recorded.ts';
import { ownAccount } from '../../cli/test/scripted-cloud.ts';
import { storyLines } from '../../cli/src/print/story-lines.ts';
import { tellStory } from './request-story.ts';

const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
const grantId = '3f2a1b4c-0000-4000-8000-0000000000a1';
const other = '3f2a1b4c-0000-4000-8000-0000000000a2';
const [grant] = exampleOf(accessApprovedV1).grants;
if (grant === undefined) throw new TypeError('an approval has a grant');

const of = { requestId, grantId };
const requested = recorded(accessRequestedV1, exampleOf(accessRequestedV1, { requestId, requester: 'dana' }));
const accepted = recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId }));
const asked = recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId }));
const approved = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, grants: [{ ...grant, grantId }] }));
const opened = recorded(accessWindowOpenedV1, exampleOf(accessWindowOpenedV1, { requestId, grant: { ...exampleOf(accessWindowOpenedV1).grant, grantId } }));
const granted = recorded(accessGrantedV1, exampleOf(accessGrantedV1, of));
const failed = recorded(accessGrantFailedV1, exampleOf(accessGrantFailedV1, { ...of, final: true }));
const refusedWindow = recorded(accessGrantFailedV1, exampleOf(accessGrantFailedV1, { ...of, final: false }));
const expired = recorded(accessExpiredV1, exampleOf(accessExpiredV1, of));
const revoked = recorded(accessRevokedV1, exampleOf(accessRevokedV1, of));
const ended = recorded(accessEndedV1, exampleOf(accessEndedV1, of));

const without = ({ time: _time, detail: _detail, ...rest }: RecordedEvent): RecordedEvent => rest;
const tell = (...events: RecordedEvent[]) => tellStory(requestId, events, ownAccount);

test('a request of which nobody has heard has no story', () => {
  expect(tell()).toBeUndefined();
});

describe('the status of a request before it is approved', () => {
  it.each<[string, RecordedEvent[], string]>([
    ['asked', [requested], 'pending'],
    ['accepted', [requested, accepted], 'pending'],
    ['waiting', [requested, accepted, asked], 'pending'],
    ['rejected', [requested, recorded(accessRequestRejectedV1, exampleOf(accessRequestRejectedV1, { requestId }))], 'rejected'],
    ['denied', [accepted, recorded(accessDeniedV1, exampleOf(accessDeniedV1, { requestId }))], 'denied'],
    ['cancelled', [accepted, recorded(accessCancelledV1, exampleOf(accessCancelledV1, { requestId }))], 'cancelled'],
    ['not decided in time', [accepted, recorded(approvalExpiredV1, exampleOf(approvalExpiredV1, { requestId }))], 'approval-expired'],
  ])('%s', (_, events, status) => {
    expect(tell(...events)?.status).toBe(status);
  });

  it('says what a waiting request waits for, and what was asked in the words of AWS once it is accepted', () => {
    const named = exampleOf(accessRequestAcceptedV1, { requestId, requester: { ...exampleOf(accessRequestAcceptedV1).requester, userName: 'Dana' } });
    expect(tell(requested)).toMatchObject({ requester: 'dana' });
    expect(tell(requested, recorded(accessRequestAcceptedV1, named), asked)).toMatchObject({
      requester: 'Dana',
      waitsFor: { deadlineAt: exampleOf(approvalRequestedV1).deadlineAt, stages: [{ missing: 1 }] },
    });
  });

  it('gives every reason of a rejection and the target that it is about', () => {
    const reasons = [
      { code: 'ERR_NOT_ELIGIBLE', message: 'no policy', target: { accountId: '444455556666', permissionSet: 'Admin' } },
      { code: 'ERR_FIELD_INVALID', message: 'too small', field: 'data.durationMinutes' },
    ];
    expect(tell(requested, recorded(accessRequestRejectedV1, exampleOf(accessRequestRejectedV1, { requestId, reasons })))?.reasons).toEqual([
      { code: 'ERR_NOT_ELIGIBLE', message: 'no policy', about: 'Admin in 444455556666' },
      { code: 'ERR_FIELD_INVALID', message: 'too small', about: 'durationMinutes' },
    ]);
  });
});

describe('the status of a grant', () => {
  it.each<[string, RecordedEvent[], GrantStatus]>([
    ['approved', [], 'scheduled'],
    ['opened', [opened], 'activating'],
    ['opened, and a forged window refused', [opened, refusedWindow], 'activating'],
    ['there', [opened, granted], 'active'],
    ['there, and a forged window refused', [opened, granted, refusedWindow], 'active'],
    ['failed', [opened, failed], 'failed'],
    ['out of time, not confirmed', [opened, granted, expired], 'ending'],
    ['out of time, confirmed', [opened, granted, expired, ended], 'ended'],
    ['revoked, not confirmed', [opened, granted, revoked], 'ending'],
    ['revoked, confirmed', [opened, granted, revoked, ended], 'revoked'],
    ['failed, there all the same, taken away again', [opened, failed, granted, revoked, ended], 'revoked'],
  ])('%s', (_, events, status) => {
    for (const order of [events, events.toReversed()]) {
      expect(tell(requested, accepted, approved, ...order)).toMatchObject({ status, grants: [{ grantId, status }] });
    }
  });

  it('says when credentials are useless, and that a removal is overdue only until it is confirmed', () => {
    const overdue = recorded(accessOverdueV1, exampleOf(accessOverdueV1, of));
    expect(tell(approved, opened, granted, expired, overdue)?.grants).toMatchObject([{ overdue: true }]);
    const useless = '2026-11-22T19:00:00.000Z';
    const deleted = recorded(accessEndedV1, exampleOf(accessEndedV1, { ...of, how: 'deleted', removedAt: '2026-11-22T11:00:00.000Z', credentialsUselessBy: useless }));
    expect(tell(approved, opened, granted, expired, overdue, deleted)?.grants).toMatchObject([{ overdue: false, ended: 'deleted', credentialsUselessBy: useless }]);
  });

  it('is its own: one grant that is there makes the request active whatever the other has come to', () => {
    const both = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, grants: [{ ...grant, grantId }, { ...grant, grantId: other }] }));
    const otherRevoked = recorded(accessRevokedV1, exampleOf(accessRevokedV1, { requestId, grantId: other }));
    expect(tell(both, opened, granted, otherRevoked)).toMatchObject({ status: 'active', grants: [{ status: 'active' }, { status: 'ending' }] });
  });
});

describe('an event that a request’s chain holds and that does not count', () => {
  it.each<[string, RecordedEvent, string]>([
    ['comes from another source', { ...approved, source: 'acme.intruder' }, 'not from team.approval'],
    ['comes from another account', { ...approved, account: '999999999999' }, 'not from team.approval'],
    ['breaks its contract', { ...approved, detail: { data: { requestId } } }, 'breaks its contract'],
    ['was changed into none', without(approved), 'no event any more; see team audit verify'],
    ['is of no known kind', { ...approved, detailType: 'AccessApproved.v9' }, 'unknown event'],
  ])('because it %s changes no status and is told with why', (_, forged, why) => {
    const story = tell(requested, accepted, forged);
    expect(story?.status).toBe('pending');
    expect(story?.history.map(({ disregarded }) => disregarded)).toEqual([undefined, undefined, why]);
  });
});

describe('break glass', () => {
  const glass = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, breakGlass: true, grants: [{ ...grant, grantId }] }));
  const wanted = recorded(accessReviewRequestedV1, exampleOf(accessReviewRequestedV1, { requestId }));
  const overdue = recorded(accessReviewOverdueV1, exampleOf(accessReviewOverdueV1, { requestId }));
  const reviewed = recorded(accessReviewedV1, exampleOf(accessReviewedV1, { requestId, verdict: 'not-justified' }));

  it.each<[string, RecordedEvent[], object]>([
    ['while its access runs', [glass], { status: 'later' }],
    ['when it is over', [glass, wanted], { status: 'waiting', reviewBy: exampleOf(accessReviewRequestedV1).reviewBy }],
    ['when nobody reviewed in time', [glass, wanted, overdue], { status: 'overdue' }],
    ['when somebody did', [reviewed, glass, wanted, overdue], { status: 'reviewed', verdict: 'not-justified' }],
  ])('is told with its review %s', (_, events, review) => {
    expect(tell(...events)).toMatchObject({ breakGlass: true, review });
    const lines = storyLines(tell(...events) ?? fail('no story'));
    expect(lines).toContainEqual(expect.stringMatching(/BREAK GLASS: had at once, without approval/));
    expect(lines).toContainEqual(expect.stringMatching(/^review {3}(comes|waits|OVERDUE|not-justified)/));
  });

  it('is said of a request before it is granted; of what is none nothing is', () => {
    expect(tell(recorded(accessRequestedV1, exampleOf(accessRequestedV1, { requestId, breakGlass: true })))).toMatchObject({ breakGlass: true });
    expect(tell(accepted, approved)).toMatchObject({ breakGlass: false });
    expect(tell(accepted, approved)).not.toHaveProperty('review');
  });
});

function fail(message: string): never {
  throw new Error(message);
}

it('names whom a refusal answers, where that is known', () => {
  const refusals = [
    recorded(approvalDecisionRefusedV1, exampleOf(approvalDecisionRefusedV1, { requestId, decider: 'anna' })),
    recorded(accessReviewRefusedV1, exampleOf(accessReviewRefusedV1, { requestId, reviewer: 'bo' })),
    recorded(cancellationRefusedV1, exampleOf(cancellationRefusedV1, { requestId, by: 'cy' })),
    recorded(accessRevocationRefusedV1, exampleOf(accessRevocationRefusedV1, { requestId, by: 'dana' })),
    recorded(accessRevocationRefusedV1, exampleOf(accessRevocationRefusedV1, { requestId })),
  ];
  expect(tell(requested, ...refusals)?.history.map(({ answerTo }) => answerTo)).toEqual([undefined, 'anna', 'bo', 'cy', 'dana', undefined]);
});
