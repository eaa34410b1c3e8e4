import { TeamError } from '@team/runtime';
import type { GrantStory } from '../../story/src/grant-story.ts';
import type { RequestStory } from '../../story/src/request-story.ts';
import type { Named, RequestView, RequestViews, SignedIn } from '../src/application/ports.ts';
import type { RequestRow } from '../src/contract/index.ts';
import { listsOf } from '../src/domain/view.ts';
import { alice, approvers, now } from './people.ts';

export const account = { accountId: '111122223333', accountName: 'payments-prod' };
export const setArn = 'arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1111222233334444';
export const nobody: Named = { groupIds: [], userIds: [] };
export const theApprovers: Named = { groupIds: [approvers], userIds: [] };

export const requestIdOf = (number: number): string => `018f6b7a-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const grantId = '018f6b7a-0000-7000-8000-00000000ffff';

export interface Made {
  readonly requester?: SignedIn;
  readonly row?: Partial<RequestRow>;
  readonly story?: Partial<RequestStory>;
  readonly view?: Partial<RequestView>;
}

/** A request of Alice's that waits for the approvers, but for what is said otherwise. */
export function request(number: number, { requester = alice, row, story, view }: Made = {}): RequestView {
  const requestId = requestIdOf(number);
  const status = row?.status ?? 'pending';
  const waitsFor = view?.waitsFor ?? (status === 'pending' ? theApprovers : nobody);
  return {
    row: {
      requestId,
      status,
      askedAt: new Date(now - number * 60_000).toISOString(),
      requester: { userId: requester.userId, userName: requester.userName },
      targets: [{ ...account, permissionSetName: 'ReadOnlyAccess' }],
      breakGlass: false,
      ...row,
    },
    story: {
      requestId,
      status,
      reasons: [],
      targets: [],
      breakGlass: false,
      warnings: [],
      decisions: [],
      approval: [],
      grants: [],
      stalled: [],
      history: [{ time: new Date(now).toISOString(), source: 'team.request', detailType: 'AccessRequestAccepted.v1', eventId: requestId, text: 'accepted' }],
      ...(status === 'pending' ? { waitsFor: { deadlineAt: new Date(now).toISOString(), stages: [{ policyId: 'prod', missing: 1, approvers: theApprovers, counted: [] }] } } : {}),
      ...story,
    },
    ownIds: [requester.userId],
    waitsFor,
    openStages: [{ approvers: waitsFor, counted: view?.deciderIds ?? [] }],
    revocableBy: nobody,
    deciderIds: [],
    decidedFor: [],
    wasAsked: theApprovers,
    reviewerIds: [],
    wasAskedToReview: nobody,
    requestDigest: 'a'.repeat(64),
    ...view,
  };
}

export const grant = (status: GrantStory['status'], more: Partial<GrantStory> = {}): GrantStory => ({
  ...{ grantId, ...account, permissionSetArn: setArn, permissionSetName: 'ReadOnlyAccess', status, overdue: false },
  ...more,
});

/** A request of which access stands, which the approvers may end. */
export const active = (number: number, { view, ...made }: Made = {}): RequestView =>
  request(number, { ...made, row: { status: 'active', ...made.row }, story: { grants: [grant('active')], ...made.story }, view: { revocableBy: theApprovers, ...view } });

/** The read model, in memory: with the lists that the true one has. */
export function fakeViews(views: readonly RequestView[]): RequestViews {
  return {
    find: async (requestId) => views.find(({ row }) => row.requestId === requestId),
    async page(lists, { after, limit, keep = () => true }) {
      if (after !== undefined && !/^\d+$/.test(after)) throw new TeamError('ERR_CURSOR_INVALID', 'this is no place at which a list goes on');
      const all = views
        .filter((view) => listsOf(view).some((list) => lists.includes(list)))
        .filter((view) => keep({ ...view, lists: listsOf(view) }))
        .map(({ row }) => row)
        .toSorted((a, b) => (a.askedAt < b.askedAt ? 1 : -1));
      const from = Number(after ?? 0);
      const next = from + limit;
      return { items: all.slice(from, next), ...(next < all.length ? { next: String(next) } : {}) };
    },
  };
}
