import type { AccessRequestAcceptedV1 } from '@team/contracts';
import { reviewersOf } from '../domain/follow-up.ts';
import type { KnownPerson } from '../domain/people.ts';
import type { Target } from '../domain/policy.ts';
import { approversOf } from '../domain/progress.ts';
import type { PlannedReview } from '../domain/review.ts';
import type { AcceptedRequest } from '../domain/state.ts';
import { planOf } from './plan-of.ts';
import type { Ports } from './ports.ts';

/** How long break glass may go without review where the acceptance does not say; the request service says it always. */
const usualReviewMinutes = 1_440;
/** Whom approval asks does not depend on how long it waits. */
const anyDeadlineMinutes = 43_200;

/**
 * How a break glass is reviewed once it is over: by those whom approval would have asked, and by administrators. By administrators alone
 * where nobody could have been asked, or where the approver policies cannot be read: break glass does not wait for them.
 */
export async function planReview(
  data: AccessRequestAcceptedV1,
  request: AcceptedRequest,
  targets: readonly Target[],
  requester: KnownPerson,
  ports: Pick<Ports, 'people' | 'policies'>,
): Promise<PlannedReview | undefined> {
  if (!data.breakGlass) return undefined;
  const plan = await planOf(targets, requester, request.administrators, anyDeadlineMinutes, ports).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_POLICY_STORED_WRONG') return undefined;
    throw error;
  });
  const approvers = plan?.kind === 'ask' ? approversOf(plan.policies) : [];
  return { reviewers: reviewersOf(request, approvers), withinMinutes: data.reviewWithinMinutes ?? usualReviewMinutes };
}
