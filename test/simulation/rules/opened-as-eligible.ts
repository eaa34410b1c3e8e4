import type { AccessRequestAcceptedV1, AccessWindowOpenedV1, EligibilityConfirmedV1 } from '@team/contracts';
import type { Rule, RuleFrom } from './rule.ts';

/** A judgement holds for so long (ms). */
const freshMs = 15 * 60_000;

/** What starts long after it was accepted opens only once the request service has said that its requester is still eligible. */
export const openedAsEligible: RuleFrom = ({ forged }): Rule => {
  const acceptedAt = new Map<string, number>();
  const confirmed = new Set<string>();
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (forged.has(String(metadata['eventId']))) return undefined;
      if (detailType === 'AccessRequestAccepted.v1') acceptedAt.set(String(data['requestId']), Date.parse((data as AccessRequestAcceptedV1).acceptedAt));
      if (detailType === 'EligibilityConfirmed.v1') for (const grantId of (data as EligibilityConfirmedV1).grantIds) confirmed.add(grantId);
      if (detailType !== 'AccessWindowOpened.v1') return undefined;
      const { requestId, grant, window } = data as AccessWindowOpenedV1;
      const old = Date.parse(window.notBefore) - (acceptedAt.get(requestId) ?? 0) > freshMs;
      return old && !confirmed.has(grant.grantId) ? `grant ${grant.grantId} was opened long after it was judged, and nobody judged it again` : undefined;
    },
  };
};
