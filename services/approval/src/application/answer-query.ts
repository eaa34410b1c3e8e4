import type { HypotheticalApproval, WhoApproves } from '@team/contracts';
import { planOf } from './plan-of.ts';
import type { Ports } from './ports.ts';
import { readTargets } from './read-targets.ts';

/** Names that one stage spells out. */
const named = 10;
const nobodysGrant = '00000000-0000-4000-8000-000000000000';
const nobody = { groupIds: [], userIds: [] };
/** Any deadline will do: who is asked does not depend on it. */
const deadlineMinutes = 43_200;

/** Says who could approve what somebody might ask for, by the very plan that a request gets. */
export async function whoApproves({ requester, askedBy, accountId, permissionSetArn }: HypotheticalApproval, ports: Pick<Ports, 'people' | 'places' | 'policies'>): Promise<WhoApproves> {
  const { people, places } = ports;
  const found = await people.find(requester);
  if ('problem' in found) return { stages: [], problem: found.problem };
  const [read] = await readTargets([{ grantId: nobodysGrant, accountId, permissionSetArn }], places);
  if (read === undefined) return { stages: [], problem: { code: 'ERR_TARGET_UNKNOWN', message: `account ${accountId} or permission set ${permissionSetArn} does not exist` } };
  const plan = await planOf([read.target], found.person, nobody, deadlineMinutes, ports);
  if (plan.kind === 'impossible') return { stages: [], problem: plan.reason };
  if (plan.kind === 'no-approval-needed') return { stages: [] };
  const stages: WhoApproves['stages'][number][] = [];
  for (const { policyId, quorum, approvers } of plan.policies.flatMap((policy) => policy.stages)) {
    const ids = new Set([...approvers.userIds, ...(await Promise.all(approvers.groupIds.map((id) => people.membersOf(id)))).flat()]);
    const names: string[] = [];
    for (const id of ids) {
      const one = id === found.person.userId || id === askedBy ? undefined : await people.find(id);
      if (one !== undefined && 'person' in one && one.person.enabled) names.push(one.person.userName);
    }
    stages.push({ policyId, quorum, people: names.toSorted().slice(0, named), count: names.length });
  }
  return { stages };
}
