import type { KnownPerson, Principals } from '../domain/people.ts';
import { planApproval, type Plan } from '../domain/plan.ts';
import type { Target } from '../domain/policy.ts';
import type { Ports } from './ports.ts';

/** What the policies in force ask of a request for these targets; who manages the requester is looked up only where a policy asks for it. */
export async function planOf(
  targets: readonly Target[],
  requester: KnownPerson,
  standing: Principals,
  deadlineMinutes: number,
  { people, policies }: Pick<Ports, 'people' | 'policies'>,
): Promise<Plan> {
  const inForce = await policies.load();
  const managed = inForce.some(({ stages }) => stages.some(({ requesterManager }) => requesterManager === true));
  const managerId = managed ? await people.managerOf(requester.userId) : undefined;
  return planApproval(inForce, targets, { ...requester, managerId }, standing, deadlineMinutes);
}
