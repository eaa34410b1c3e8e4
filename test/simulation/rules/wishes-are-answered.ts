import type { AccessRequestAcceptedV1, AccessRevocationRefusedV1, AccessRevocationRequestedV1, ApprovalDecisionSubmittedV1 } from '@team/contracts';
import { digestOf } from '@team/runtime';
import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import type { Rule, RuleFrom } from './rule.ts';
import type { Seen } from './seen.ts';

/** Reasons that say of a person that they may not. */
const notEntitled = ['ERR_NOT_ENTITLED', 'ERR_REVOCATION_NOT_ENTITLED', 'ERR_USER_UNKNOWN', 'ERR_USER_AMBIGUOUS', 'ERR_EMITTER_MAY_NOT_REVOKE'];

const namesRequester: ReadonlySet<string> = new Set(['AccessRequestAccepted.v1', 'AccessApproved.v1']);

/**
 * Every decision counts or is refused, and says so. Every wish to end access has been judged in the end, also one that overtook what it is
 * about: by the approval service, and by the expiry service where there is an approval. Whoever the access is for may always end it,
 * whatever has become of them since. The name counts by which the approval service knew them, which AWS told it; who was renamed before is
 * unknown under the former one.
 */
export const wishesAreAnswered: RuleFrom = (seen): Rule => {
  const requesters = new Map<string, AccessRequestAcceptedV1['requester']>();
  const answered = new Set<unknown>();
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (seen.forged.has(String(metadata['eventId']))) return undefined;
      if (namesRequester.has(detailType)) requesters.set(String(data['requestId']), (data as AccessRequestAcceptedV1).requester);
      if (detailType === 'ApprovalRecorded.v1' || detailType === 'ApprovalDecisionRefused.v1') answered.add(data['decisionId']);
      if (detailType !== 'AccessRevocationRefused.v1' && detailType !== 'CancellationRefused.v1') return undefined;
      const { requestId, by, reason } = data as AccessRevocationRefusedV1;
      const requester = requesters.get(requestId);
      const isOwn = by !== undefined && (by === requester?.userId || by.toLowerCase() === requester?.userName.toLowerCase());
      const isFormerName = detailType === 'CancellationRefused.v1' && by !== requester?.userId && seen.renamed.has(requester?.userId ?? '');
      if (isFormerName && reason.code === 'ERR_USER_UNKNOWN') return undefined;
      return isOwn && notEntitled.includes(reason.code) ? `${by} may not end their own access under ${requestId}: ${reason.code}` : undefined;
    },
    atRest: () => [
      ...seen.events
        .filter(({ detailType, detail }) => detailType === 'ApprovalDecisionSubmitted.v1' && !answered.has(detail.data['decisionId']))
        .map(({ detail }) => detail.data as ApprovalDecisionSubmittedV1)
        .map(({ decider, verdict, requestId }) => `${decider}'s ${verdict} on ${requestId} neither counted nor was refused`),
      ...seen.events.filter(({ detailType }) => detailType === 'AccessRevocationRequested.v1').flatMap((event) => unjudged(seen, event)),
    ],
  };
};

function unjudged({ tables }: Seen, { source, account, detail: { metadata, data } }: SeenEvent): string[] {
  const { requestId } = data as AccessRevocationRequestedV1;
  const wish = digestOf({ source, account, eventId: metadata['eventId'], data });
  return ['approval', 'expiry'].flatMap((service) => {
    const state = tables.item(service, 'aggregates', `request#${requestId}`)?.['state'] as { answered?: readonly string[]; approval?: object } | undefined;
    if (service === 'expiry' && state?.approval === undefined) return [];
    return state?.answered?.includes(wish) === true ? [] : [`the wish ${String(metadata['eventId'])} to end ${requestId} was never judged by ${service}`];
  });
}
