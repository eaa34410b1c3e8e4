import type { Rule, RuleFrom } from './rule.ts';

const outcomes = ['AccessRequestAccepted.v1', 'AccessRequestRejected.v1'];
const verdicts = ['AccessApproved.v1', 'AccessDenied.v1', 'ApprovalExpired.v1', 'AccessCancelled.v1'];

/** Each request is accepted or rejected, each accepted one decided, once and for good: said again, it is said the same. */
export const oneOutcome: RuleFrom = ({ asked, forged }): Rule => {
  const said = new Map<string, { readonly detailType: string; readonly data: string }>();
  const note = (kind: string, requestId: string, detailType: string, data: object): string | undefined => {
    const key = `${kind} ${requestId}`;
    const first = said.get(key);
    if (first === undefined) said.set(key, { detailType, data: JSON.stringify(data) });
    else if (first.detailType !== detailType) return `request ${requestId} has two ${kind}s: ${first.detailType} and ${detailType}`;
    else if (first.data !== JSON.stringify(data)) return `request ${requestId} has two ${kind}s: ${detailType}, said again with other data`;
    return undefined;
  };
  const accepted = new Set<string>();
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (forged.has(String(metadata['eventId']))) return undefined;
      const requestId = String(metadata['requestId']);
      if (detailType === 'AccessRequestAccepted.v1') accepted.add(requestId);
      if (outcomes.includes(detailType)) return note('outcome', requestId, detailType, data);
      if (!verdicts.includes(detailType)) return undefined;
      const twice = note('verdict', requestId, detailType, data);
      return twice ?? (accepted.has(requestId) ? undefined : `request ${requestId} was decided and never accepted`);
    },
    atRest: () => [
      ...asked.filter(({ requestId }) => !said.has(`outcome ${requestId}`)).map(({ requestId }) => `request ${requestId} was never judged`),
      ...[...accepted]
        .filter((requestId) => !said.has(`verdict ${requestId}`))
        .map((requestId) => `request ${requestId} was accepted and never decided`),
    ],
  };
};
