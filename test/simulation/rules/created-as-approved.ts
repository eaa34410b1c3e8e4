import type { Rule, RuleFrom } from './rule.ts';
import { assignmentIn, inWords, nameOf } from './assignments.ts';
import { recordedHolds } from './holds.ts';

/**
 * We begin to create an assignment only for a grant that the approval service, and nobody else, said to be approved, whose window the
 * expiry service opened, between `notBefore` and `openBy` of that very approval, and with no end of it known to provisioning.
 */
export const createdAsApproved: RuleFrom = ({ now, tables }, { grants }): Rule => ({
  onMade(call) {
    if (call.action !== 'CreateAccountAssignment') return undefined;
    const at = now();
    const assignment = assignmentIn(call);
    const name = nameOf(assignment);
    const approved = grants.of(name);
    if (approved.length === 0) return `an assignment is created for ${inWords(name)}, which nobody approved`;
    const opened = approved.filter(({ opened }) => opened);
    if (opened.length === 0) return `an assignment is created for ${inWords(name)}, and none of its windows was opened`;
    const covering = opened.filter(({ notBefore, openBy }) => notBefore <= at && at <= openBy);
    if (covering.length === 0) return `an assignment is created for ${inWords(name)} outside the bounds of every approval`;
    const holds = recordedHolds(tables, assignment);
    const wanted = covering.filter(({ grantId, ended }) => {
      const hold = holds.find((one) => one.grantId === grantId);
      return ended === undefined && hold !== undefined && ['waiting', 'held'].includes(hold.status) && at < hold.endsAt;
    });
    if (wanted.length > 0) return undefined;
    return `an assignment is created for ${inWords(name)}, and provisioning knows the end of every grant that could want it`;
  },
});
