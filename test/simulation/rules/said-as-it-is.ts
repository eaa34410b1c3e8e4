import type { AccessEndedV1, AccessGrantedV1 } from '@team/contracts';
import type { Rule, RuleFrom } from './rule.ts';
import { inWords, nameOf } from './assignments.ts';
import type { Grant } from './grants.ts';
import { recordedHolds } from './holds.ts';

/** What Identity Center answered may be so old (ms) when it is committed: a pass lasts half a minute, and a call may be slow. */
const answerMs = 80_000;
/** Identity Center's moments have parts of a millisecond here, and what is said of them has none (ms). */
const roundedMs = 1;

/**
 * `AccessGranted` is said only of what Identity Center held a moment ago, `AccessEnded` with `deleted` or `never_created` only of what it
 * did not hold, unless people had made it by hand meanwhile. What never came to be held was never created, even while the assignment
 * stands for another grant.
 */
export const saidAsItIs: RuleFrom = ({ forged, tables }, { presence, hands, grants }): Rule => {
  const toldGranted = new Set<string>();
  const toldEnded = new Set<string>();
  /** Whether an end came before any window, as of what was scheduled, and what stands does so for another grant, whose end is not answered. */
  function isOnlyAnothers({ grantId, assignment, how, endedAt }: AccessEndedV1): boolean {
    const hold = recordedHolds(tables, assignment).find((one) => one.grantId === grantId);
    const isAnothers = (other: Grant): boolean =>
      other.grantId !== grantId && other.opened && (other.ended === undefined || Date.parse(other.ended.data.endedAt) >= Date.parse(endedAt));
    return how === 'never_created' && hold?.wasHeld === false && grants.of(nameOf(assignment)).some(isAnothers);
  }
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (forged.has(String(metadata['eventId']))) return undefined;
      if (detailType === 'AccessGranted.v1') {
        const { grantId, assignment, grantedAt } = data as AccessGrantedV1;
        const at = Date.parse(grantedAt);
        const name = nameOf(assignment);
        // AWS's word on an operation is as old as the operation: people may have removed since what it made.
        const removedSince = hands.touched(name, hands.createdAt(name) ?? at, at);
        if (toldGranted.has(grantId) || removedSince || presence.was(name, true, at - answerMs, at + roundedMs)) return void toldGranted.add(grantId);
        return `grant ${grantId} was granted at ${grantedAt}, and Identity Center does not hold ${inWords(name)}`;
      }
      if (detailType !== 'AccessEnded.v1') return undefined;
      const { grantId, assignment, how, endedAt, removedAt } = data as AccessEndedV1;
      if (toldEnded.has(grantId) || (how !== 'deleted' && how !== 'never_created')) return undefined;
      toldEnded.add(grantId);
      const name = nameOf(assignment);
      const at = Date.parse(removedAt ?? endedAt);
      if (!presence.follows(name) || presence.was(name, false, at - answerMs, at + roundedMs)) return undefined;
      if (hands.theirsSince(name) !== undefined || hands.isUnclear(name) || isOnlyAnothers(data as AccessEndedV1)) return undefined;
      return `grant ${grantId} ended at ${endedAt} as ${how}, and Identity Center still holds ${inWords(name)}`;
    },
  };
};
