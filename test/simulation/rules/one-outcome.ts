import type { Rule } from '../watch.ts';
import type { Scene } from '../scene.ts';

const outcomes = ['AccessRequestAccepted.v1', 'AccessRequestRejected.v1'];
const verdicts = ['AccessApproved.v1', 'AccessDenied.v1', 'ApprovalExpired.v1', 'AccessCancelled.v1'];

/** Each request that the bus took has one outcome, each accepted one is decided one way, each approved grant ends one way. */
export function oneOutcome(scene: Scene): Rule {
  const seen = new Map<string, Set<string>>();
  const note = (kind: string, id: unknown, what: string): Set<string> => {
    const key = `${kind} ${String(id)}`;
    const all = seen.get(key) ?? new Set<string>();
    seen.set(key, all.add(what));
    return all;
  };
  const conflict = (all: Set<string>, of: string): string | undefined => (all.size > 1 ? `${of} has more than one outcome: ${[...all].join(', ')}` : undefined);
  return {
    onEvent({ detailType, detail }) {
      const { metadata, data } = detail;
      if (scene.forged.has(String(metadata['eventId']))) return undefined;
      const requestId = metadata['requestId'];
      if (outcomes.includes(detailType)) return conflict(note('outcome', requestId, detailType), `request ${String(requestId)}`);
      if (verdicts.includes(detailType)) return conflict(note('verdict', requestId, detailType), `request ${String(requestId)}`);
      if (detailType === 'AccessEnded.v1') return conflict(note('end', data['grantId'], String(data['how'])), `grant ${String(data['grantId'])}`);
      return undefined;
    },
    atRest() {
      const missing: string[] = [];
      const lacks = (kind: string, id: string): boolean => !seen.has(`${kind} ${id}`);
      for (const { requestId } of scene.asked) if (lacks('outcome', requestId)) missing.push(`request ${requestId} was never judged`);
      for (const { detailType, detail } of scene.events) {
        const { metadata, data } = detail;
        if (scene.forged.has(String(metadata['eventId']))) continue;
        if (detailType === 'AccessRequestAccepted.v1' && lacks('verdict', String(metadata['requestId']))) missing.push(`request ${String(metadata['requestId'])} was accepted and never decided`);
        if (detailType !== 'AccessApproved.v1') continue;
        for (const { grantId } of data['grants'] as { grantId: string }[]) {
          const failed = scene.events.some((one) => one.detailType === 'AccessGrantFailed.v1' && one.detail.data['grantId'] === grantId && one.detail.data['final'] === true);
          if (lacks('end', grantId) && !failed) missing.push(`grant ${grantId} was approved and neither ended nor failed`);
        }
      }
      return missing;
    },
  };
}
