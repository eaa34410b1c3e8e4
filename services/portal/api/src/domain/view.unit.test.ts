import { accessApprovedV1, accessCancelledV1, accessExtendedV1, accessGrantedV1, accessRequestAcceptedV1, accessRequestedV1, accessReviewedV1, accessReviewRequestedV1, accessRevokedV1, accessWindowOpenedV1, approvalRecordedV1, approvalRequestedV1 } from '@team/contracts';
import { exampleOf } from '@team/testing';
import { recorded } from '../../../cli/test/recorded.ts';
import { ownAccount } from '../../../cli/test/scripted-cloud.ts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import type { RequestView } from '../application/ports.ts';
import { listsOf, viewOf } from './view.ts';

const requestId = '3f2a1b4c-0000-4000-8000-000000000001';
const grantId = '3f2a1b4c-0000-4000-8000-0000000000a1';
const [grant] = exampleOf(accessApprovedV1).grants;
if (grant === undefined) throw new TypeError('an approval has a grant');

/** What is told by these, each a minute after the one before. */
function told(...events: readonly RecordedEvent[]): RequestView {
  const view = viewOf(requestId, events.map((event, minute) => ({ ...event, time: `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z` })), ownAccount);
  if (view === undefined) throw new TypeError('nothing is told');
  return view;
}

it('says when access ends that was extended, and when it ended before', () => {
  const approved = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, grants: [{ ...grant, grantId }] }));
  const opened = recorded(accessWindowOpenedV1, exampleOf(accessWindowOpenedV1, { requestId, grant: { ...exampleOf(accessWindowOpenedV1).grant, grantId } }));
  const granted = recorded(accessGrantedV1, exampleOf(accessGrantedV1, { requestId, grantId, endsAt: '2026-11-22T11:00:00.000Z' }));
  const extended = recorded(accessExtendedV1, exampleOf(accessExtendedV1, { requestId, grantId, endsAt: '2026-11-22T12:00:00.000Z' }));
  expect(told(approved, opened, granted).row.endsAt).toBe('2026-11-22T11:00:00.000Z');
  expect(told(extended, approved, opened, granted).row.endsAt).toBe('2026-11-22T12:00:00.000Z');
  const ended = recorded(accessRevokedV1, exampleOf(accessRevokedV1, { requestId, grantId, endedAt: '2026-11-22T10:30:00.000Z' }));
  expect(told(extended, approved, opened, granted, ended).row.endsAt).toBe('2026-11-22T10:30:00.000Z');
});

it('names a bundle until it is judged, and then the targets that it came to', () => {
  const asked = recorded(accessRequestedV1, { ...exampleOf(accessRequestedV1, { requestId }), targets: [{ bundle: 'payments-read' }] });
  expect(told(asked).row.targets).toEqual([{ accountName: 'bundle payments-read', permissionSetName: 'all of it', bundle: 'payments-read' }]);
  expect(told(asked, accepted).row.targets).toEqual([{ accountId: expect.any(String), accountName: expect.any(String), permissionSetName: expect.any(String) }]);
});

const [leads, security] = ['93672a4c-0000-7000-8000-0000000000a1', '93672a4c-0000-7000-8000-0000000000a2'];
const personOf = (number: number) => ({ userId: `93672a4c-0000-7000-8000-00000000000${number}`, userName: `person.${number}` });
const accepted = recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId }));
const stage = (number: number, missing: number, group: string, grantIds = [grantId]) => ({ grantIds, policyId: 'p', stage: number, stages: 2, quorum: 2, missing, approvers: { groupIds: [group], userIds: [] } });
const asked = (...openStages: ReturnType<typeof stage>[]) => recorded(approvalRequestedV1, exampleOf(approvalRequestedV1, { requestId, openStages }));
const agreed = (number: number, grantIds = [grantId]) =>
  recorded(approvalRecordedV1, { requestId, decisionId: `3f2a1b4c-0000-4000-8000-00000000010${number}`, decider: personOf(number), verdict: 'approve', grantIds, decidedAt: '2026-11-22T10:00:00.000Z' });

describe('what is missing', () => {
  const missing = (...events: readonly RecordedEvent[]) => told(accepted, ...events).story.waitsFor?.stages.map((open) => open.missing);

  it('becomes less with each decision that counts for it', () => {
    expect(missing(asked(stage(1, 2, leads)))).toEqual([2]);
    expect(missing(agreed(1), asked(stage(1, 2, leads)))).toEqual([1]);
  });

  it('is of a later stage what came after those that the stages before it took', () => {
    const events = [asked(stage(1, 2, leads)), agreed(1), agreed(2), asked(stage(2, 2, security))];
    expect(missing(...events)).toEqual([2]);
    expect(missing(...events, agreed(3))).toEqual([1]);
  });

  it('is less only where the decision was about those targets', () => {
    const other = '3f2a1b4c-0000-4000-8000-0000000000b1';
    expect(missing(asked(stage(1, 2, leads), stage(1, 2, security, [other])), agreed(1, [other]))).toEqual([2, 1]);
  });

  it('is nothing of a stage that is full: nobody is waited for there any more', () => {
    const full = told(accepted, asked(stage(1, 2, leads), stage(1, 2, security, ['3f2a1b4c-0000-4000-8000-0000000000b1'])), agreed(1), agreed(2));
    expect(full.waitsFor.groupIds).toEqual([security]);
  });
});

it('stands in the same lists in whatever letters an id is written', () => {
  const listed = (group: string) => listsOf(told(accepted, asked(stage(1, 2, group))));
  expect(listed(leads.toUpperCase())).toEqual(listed(leads));
  expect(listed(leads)).toContain(`for-group#${leads}`);
});

it('stands among what they decided for whoever reviewed it', () => {
  const approved = recorded(accessApprovedV1, exampleOf(accessApprovedV1, { requestId, breakGlass: true, grants: [{ ...grant, grantId }] }));
  const toReview = recorded(accessReviewRequestedV1, exampleOf(accessReviewRequestedV1, { requestId, reviewers: { groupIds: [security], userIds: [] } }));
  const view = told(approved, toReview, recorded(accessReviewedV1, exampleOf(accessReviewedV1, { requestId, reviewer: personOf(1) })));
  expect(view.reviewerIds).toEqual([personOf(1).userId]);
  expect(listsOf(view)).toContain(`reviewed#${personOf(1).userId}#${security}`);
  expect(listsOf(view).filter((list) => list.startsWith('decided'))).toEqual([]);
});

it('stands among what somebody decided in the place of whoever it was, and of nobody else who was asked', () => {
  const decision = exampleOf(approvalRecordedV1, { requestId, decider: personOf(1), onBehalfOf: personOf(2) });
  const view = told(accepted, asked(stage(1, 2, leads)), recorded(approvalRecordedV1, decision));
  expect(view.decidedFor).toEqual([{ deciderId: personOf(1).userId, absentId: personOf(2).userId }]);
  expect(listsOf(view).filter((list) => list.startsWith('decided'))).toEqual([`decided#${personOf(1).userId}#${leads}`, `decided-for#${personOf(1).userId}#${personOf(2).userId}`]);
});

describe('an extension', () => {
  const first = '3f2a1b4c-0000-4000-8000-000000000009';
  const wish = recorded(accessRequestedV1, { ...exampleOf(accessRequestedV1, { requestId }), extends: first });
  const taken = recorded(accessRequestAcceptedV1, exampleOf(accessRequestAcceptedV1, { requestId, extends: first, stretch: { requestId: first, durationMinutes: 90 } }));
  const listed = (...events: readonly RecordedEvent[]) => listsOf(told(...events)).filter((list) => list.startsWith('extends'));

  it('stands among those of what it extends from when it was accepted until it is over', () => {
    expect([listed(wish, taken), listed(wish, taken, recorded(accessCancelledV1, exampleOf(accessCancelledV1, { requestId })))]).toEqual([[`extends#${first}`], []]);
    expect(listed(wish, accepted)).toEqual([]);
  });

  it('stands nowhere of the kind by the word of whoever asks', () => {
    expect(listed(wish)).toEqual([]);
    expect(told(wish).row.extends).toBe(first);
  });
});
