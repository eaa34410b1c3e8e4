import type { Rule, RuleFrom } from './rule.ts';
import { assignmentIn, inWords, nameOf } from './assignments.ts';

/** Somebody's hand may come between our look and our call; nothing else of ours takes longer than this (ms). */
const lookToCallMs = 120_000;

/** What people assigned by hand is never deleted by us, nor taken for ours by creating it again, and stands until people remove it. */
export const madeByHandStays: RuleFrom = ({ now }, { hands, presence }): Rule => ({
  onMade(call) {
    const since = hands.theirsSince(nameOf(assignmentIn(call)));
    if (call.action === 'DeleteAccountAssignment') {
      const name = nameOf(assignmentIn(call));
      if (since !== undefined) return `${inWords(name)} is deleted, which people assigned by hand`;
      if (hands.attemptedAt(name) === undefined && !hands.isUnclear(name)) return `${inWords(name)} is deleted, which we never created`;
    }
    if (call.action === 'CreateAccountAssignment' && since !== undefined && now() - since > lookToCallMs) {
      const before = Math.round((now() - since) / 60_000);
      return `${inWords(nameOf(assignmentIn(call)))} is created, which people had assigned by hand ${before} min before`;
    }
    return undefined;
  },
  atRest: () =>
    [...hands.theirs.keys()]
      .filter((name) => !presence.now(name))
      .map((name) => `${inWords(name)} was assigned by hand and is gone, and nobody removed it by hand`),
});
