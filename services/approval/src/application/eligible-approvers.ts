import { unionOf, type Principals } from '../domain/people.ts';
import type { PlannedPolicy } from '../domain/plan.ts';
import { peopleNeeded, type EligibleApprovers } from '../domain/staffing.ts';
import type { AcceptedRequest } from '../domain/state.ts';
import type { People } from './ports.ts';
import { remembered } from './remembered.ts';

/**
 * Who could approve, stage by stage: enabled people in the groups as AWS lists them, and people named, without those who asked. Whom a
 * stage is escalated to before the deadline is among them: the request waits for that. A delegate adds nobody: they decide in the place of
 * somebody who is among them already.
 * As soon as a stage has as many as its whole policy needs, the rest are not looked up: groups can be large.
 */
export async function eligibleApprovers(
  policies: readonly PlannedPolicy[],
  { requester, askedBy }: Pick<AcceptedRequest, 'requester' | 'askedBy'>,
  people: People,
): Promise<EligibleApprovers> {
  const members = remembered((groupId: string) => people.membersOf(groupId));
  const enabled = remembered((userId: string) => people.isEnabled(userId));

  const eligibleFor = async ({ groupIds, userIds }: Principals, needed: number): Promise<readonly string[]> => {
    const named = [...userIds, ...(await Promise.all(groupIds.map(members))).flat()];
    const candidates = new Set(named.filter((userId) => userId !== requester.userId && userId !== askedBy?.userId));
    const eligible: string[] = [];
    for (const userId of candidates) {
      if (eligible.length >= needed) break;
      if (await enabled(userId)) eligible.push(userId);
    }
    return eligible;
  };

  const eligible: Record<string, readonly (readonly string[])[]> = {};
  for (const policy of policies) {
    eligible[policy.chain] = await Promise.all(
      policy.stages.map(({ approvers, escalation }) =>
        eligibleFor(unionOf([approvers, ...(escalation === undefined ? [] : [escalation.to])]), peopleNeeded(policy)),
      ),
    );
  }
  return eligible;
}
