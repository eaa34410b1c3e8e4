import type { AccessEndedV1, AccessReviewSubmittedV1 } from '@team/contracts';
import type { ReviewClaims } from '@team/runtime';
import type { KnownPerson } from '../src/domain/people.ts';
import { idOf, minute, person, requestId, start } from './scenario.ts';
import { received, type accepted } from './service.ts';
import { signed } from './signing.ts';

/** Nothing is left of a grant of this acceptance, as the provisioning service says it. */
export function ended({ data }: ReturnType<typeof accepted>) {
  const [grant] = data.grants;
  if (grant === undefined) throw new TypeError('an acceptance has a grant');
  const { grantId, accountId, permissionSetArn } = grant;
  const over: AccessEndedV1 = { requestId: data.requestId, grantId, assignment: { principalId: data.requester.userId, accountId, permissionSetArn }, how: 'deleted', endedAt: new Date(start + 30 * minute).toISOString() };
  return received('AccessEnded.v1', over, 'team.provisioning');
}

/** A review as the chat channel signs it for somebody who is signed in there; `as` is what the event calls them. */
export function reviewed(name: string, said: { readonly claims?: Partial<ReviewClaims>; readonly key?: string; readonly type?: 'team-decision+jws'; readonly from?: string; readonly as?: (who: KnownPerson) => string } = {}) {
  const who = person(name);
  const { key = 'chat', as = ({ userName }) => userName } = said;
  const claims: ReviewClaims = { requestId, reviewer: who.userId, verdict: 'justified', auth_time: start / 1_000 - 60, exp: start / 1_000 + 1_800, ...said.claims };
  const data: AccessReviewSubmittedV1 = { requestId, reviewer: as(who), verdict: 'justified', signature: signed(said.type ?? 'team-review+jws', key, claims, 'chat') };
  return received('AccessReviewSubmitted.v1', data, said.from, idOf(JSON.stringify([name, said])));
}
