import type { ApproverPolicy, Limits } from '@team/contracts';
import type { Directory } from '@team/directory';
import { counted } from '../../print/printable.ts';
import type { Check } from '../examination.ts';
import { faultsOr, ok, problem, warning, type Finding } from '../finding.ts';

type Principals = Limits['administrators'];

/** Limits and policies are laid down, somebody administers, and every stage of every approver policy has people enough to say yes. */
export const policiesCheck: Check = {
  name: 'policies',
  prerequisite: false,
  async run(examination) {
    const { eligibility, approvers, limits, unreadable } = await examination.policies();
    const directory = await examination.directory();
    const faults: Finding[] = unreadable.map((key) => problem(this.name, `${key} cannot be read by any service`, 'lay the policies down again'));
    if (limits === undefined) faults.push(problem(this.name, 'no limits are laid down: nothing can be judged', 'lay the policies down'));
    else if ((await enabledAmong(directory, limits.administrators)).size === 0) {
      faults.push(problem('administrators', 'nobody who is enabled is an administrator', 'put somebody into the groups that the limits name, or name others'));
    }
    if (eligibility.length === 0) faults.push(problem(this.name, 'no eligibility policy is laid down: nobody may ask for anything', 'lay the policies down'));
    const needed = eligibility.filter(({ approval }) => approval === 'required');
    if (needed.length > 0 && approvers.length === 0) {
      faults.push(problem('approvers', `${counted(needed.length, 'eligibility policy', 'eligibility policies')} with approval, and no approver policy says by whom`, 'lay approver policies down'));
    }
    for (const policy of approvers) faults.push(...(await faultsOf(directory, policy)));
    const found = `${counted(eligibility.length, 'eligibility policy', 'eligibility policies')}, ${counted(approvers.length, 'approver policy', 'approver policies')}, limits and administrators; every stage has approvers enough`;
    return faultsOr(faults, ok(this.name, found));
  },
};

/** Whoever asks does not count for their own request, so that a stage with just enough people is too few for one of them. */
async function faultsOf(directory: Directory, { policyId, stages }: ApproverPolicy): Promise<Finding[]> {
  const faults: Finding[] = [];
  for (const [index, { approvers, quorum }] of stages.entries()) {
    const check = `approvers of ${policyId}`;
    const stage = stages.length === 1 ? '' : ` in stage ${index + 1}`;
    const { size } = await enabledAmong(directory, approvers);
    const found = `${counted(size, 'person', 'people')} can approve${stage}, and ${quorum} must`;
    if (size < quorum) faults.push(problem(check, `${found}: every request that it covers is denied`, 'put people into its groups, or name others'));
    else if (size === quorum) faults.push(warning(check, `${found}: none of them can have access approved for themselves`, 'put more people into its groups'));
  }
  return faults;
}

/** Ids of the users in question who can sign in. */
async function enabledAmong(directory: Directory, { groupIds, userIds }: Principals): Promise<ReadonlySet<string>> {
  const { users } = await directory.snapshot();
  const enabled = new Set(users.filter((user) => user.enabled).map(({ id }) => id));
  const ids = new Set<string>(userIds);
  for (const groupId of groupIds) for (const id of (await directory.membersOf(groupId)) ?? []) ids.add(id);
  return new Set([...ids].filter((id) => enabled.has(id)));
}
