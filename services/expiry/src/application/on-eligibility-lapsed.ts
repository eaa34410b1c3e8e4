import type { EligibilityLapsedV1 } from '@team/contracts';
import { shortened } from '../domain/revocation.ts';
import { requestKey, type Received, type Requests } from './ports.ts';

/** The requester is no longer eligible: what waited for that never opens. */
export function onEligibilityLapsed(requests: Requests) {
  return async ({ data: { requestId, grantIds, reasons }, cause }: Received<EligibilityLapsedV1>): Promise<void> => {
    const message = shortened(`no longer allowed at its start: ${reasons.map((reason) => reason.message).join('; ')}`);
    await requests.execute(
      requestKey(requestId),
      { type: 'lapse', requestId, grantIds, reason: { code: 'ERR_ELIGIBILITY_LAPSED', message } },
      cause,
    );
  };
}
