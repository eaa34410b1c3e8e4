import type { EligibilityConfirmedV1 } from '@team/contracts';
import { requestKey, type Received, type Requests } from './ports.ts';

/** The requester is still eligible: what waited for that opens. */
export function onEligibilityConfirmed(requests: Requests) {
  return async ({ data: { requestId, grantIds }, cause }: Received<EligibilityConfirmedV1>): Promise<void> => {
    await requests.execute(requestKey(requestId), { type: 'confirm-eligibility', requestId, grantIds }, cause);
  };
}
