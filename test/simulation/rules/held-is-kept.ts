import type { Rule, RuleFrom } from './rule.ts';
import { assignmentIn, inWords, nameOf } from './assignments.ts';
import { recordedHolds } from './holds.ts';

/** We begin no deletion while, as provisioning itself has recorded, somebody waits for the assignment or holds it. */
export const heldIsKept: RuleFrom = ({ now, tables }): Rule => ({
  onMade(call) {
    if (call.action !== 'DeleteAccountAssignment') return undefined;
    const at = now();
    const assignment = assignmentIn(call);
    const live = recordedHolds(tables, assignment).find(
      ({ status, openBy, endsAt }) => at < endsAt && (status === 'held' || (status === 'waiting' && at <= openBy)),
    );
    return live === undefined ? undefined : `${inWords(nameOf(assignment))} is deleted while grant ${live.grantId} is ${live.status}`;
  },
});
