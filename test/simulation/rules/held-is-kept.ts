import type { Rule, RuleFrom } from './rule.ts';
import { assignmentIn, inWords, nameOf } from './assignments.ts';
import { overAt, type Grant } from './grants.ts';
import { recordedHolds } from './holds.ts';

/**
 * We begin no deletion while, as the bus has said, somebody holds the assignment: it was granted, nobody said its end, and its own time
 * is not over; nor while, as provisioning itself has recorded, somebody waits for it whose window is open, or holds it. The end that an
 * intruder says counts like any other: provisioning cannot tell.
 */
export const heldIsKept: RuleFrom = ({ now, tables, forged }, { grants }): Rule => {
  const endForged = new Set<unknown>();
  const isHeld = (grant: Grant, at: number): boolean => grant.granted !== undefined && !endForged.has(grant.grantId) && at < overAt(grant);
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      const isEnd = detailType === 'AccessExpired.v1' || detailType === 'AccessRevoked.v1';
      if (isEnd && forged.has(String(metadata['eventId']))) endForged.add(data['grantId']);
      return undefined;
    },
    onMade(call) {
      if (call.action !== 'DeleteAccountAssignment') return undefined;
      const at = now();
      const assignment = assignmentIn(call);
      const name = nameOf(assignment);
      const held = grants.of(name).find((grant) => isHeld(grant, at));
      if (held !== undefined) return `${inWords(name)} is deleted while grant ${held.grantId} runs, as the bus has it`;
      const live = recordedHolds(tables, assignment).find(
        ({ status, notBefore, openBy, endsAt }) => at < endsAt && (status === 'held' || (status === 'waiting' && notBefore <= at && at <= openBy)),
      );
      return live === undefined ? undefined : `${inWords(name)} is deleted while grant ${live.grantId} is ${live.status}`;
    },
  };
};
