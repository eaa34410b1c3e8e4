import type { AssignmentDriftDetectedV1 } from '@team/contracts';
import type { Rule, RuleFrom } from './rule.ts';
import { assignmentOf, inWords, nameOf } from './assignments.ts';
import { overAt, type Grant } from './grants.ts';
import { doubtMs } from './hands.ts';
import { calmSince } from './seen.ts';

const minuteMs = 60_000;
/** A removal by hand that lasts longer than this (ms) while somebody holds the assignment is noticed. */
const noticedWithinMs = 20 * minuteMs;
/** A creation may take effect so long after it was made, or after it was given up (ms). */
const lateCreationMs = 10 * minuteMs;

/**
 * `AssignmentDriftDetected` is said only of what is or was ours, and only where people changed it by hand or a creation landed late; and
 * whoever removes by hand what somebody holds is noticed.
 */
export const driftIsReal: RuleFrom = ({ now, forged, byHand, trouble }, { presence, hands, grants }): Rule => {
  const detected = new Map<string, number[]>();
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (detailType !== 'AssignmentDriftDetected.v1' || forged.has(String(metadata['eventId']))) return undefined;
      const { assignment, actual, detectedAt } = data as AssignmentDriftDetectedV1;
      const name = nameOf(assignment);
      const at = Date.parse(detectedAt);
      detected.set(name, [...(detected.get(name) ?? []), at]);
      const created = hands.createdAt(name, at);
      const grantedAt = grants.of(name).flatMap(({ granted }) => (granted === undefined ? [] : [Date.parse(granted.grantedAt)]));
      if (created === undefined && grantedAt.length === 0) return `drift is said of ${inWords(name)}, which never was ours`;
      const landedLate = actual === 'present' && created !== undefined && at - created <= lateCreationMs;
      // What is missing was removed since we created it or found it; what is there too much was assigned while it was in doubt.
      const from = actual === 'absent' ? (created ?? Math.min(...grantedAt)) : at - doubtMs;
      return hands.touched(name, from, at) || landedLate ? undefined : `drift is said of ${inWords(name)}, and nobody touched it`;
    },
    atRest() {
      const calm = calmSince(trouble) ?? Infinity;
      return byHand.flatMap(({ at, what, assignment }) => {
        const name = nameOf(assignmentOf(assignment));
        const from = Math.max(at, calm);
        const until = from + noticedWithinMs;
        const isHeld = (grant: Grant): boolean =>
          grant.granted !== undefined && Date.parse(grant.granted.grantedAt) <= at && overAt(grant) >= until;
        const held = grants.of(name).some(isHeld);
        const gone = presence.was(name, true, at, at) && !presence.was(name, true, at + 1, until) && now() >= until;
        const noticed = detected.get(name)?.some((one) => at <= one && one <= until) ?? false;
        if (what !== 'remove' || !held || !gone || noticed) return [];
        return [`${inWords(name)} was removed by hand while it was held, and nobody said so`];
      });
    },
  };
};
