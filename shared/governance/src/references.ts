import type { ApproverPolicy, EligibilityPolicy, Principals, Reason } from '@team/contracts';
import type { Directory, DirectorySnapshot } from '@team/directory';
import { lockedOut, type PeopleOf, type Spot } from './lock-out.ts';

/** Ids of everything that a policy may name. */
export interface NamedIds {
  readonly groupIds: readonly string[];
  readonly userIds: readonly string[];
  readonly accountIds: readonly string[];
  readonly organizationalUnitIds: readonly string[];
  readonly permissionSetArns: readonly string[];
}

/** What policies name, held against AWS as it is now. Each rejects with a retryable error while the directory cannot answer. */
export interface References {
  /** A reason for each of these that AWS does not know, as many as a refusal has room for. */
  unknown(named: Partial<NamedIds>): Promise<readonly Reason[]>;
  /** How many enabled people these stand for. */
  enabledAmong(principals: Principals): Promise<number>;
  /**
   * Why what eligibility policies let people ask for could never be approved under these approver policies, each with the policy that it
   * is about; with `before`, what could not under those either is left out.
   */
  lockedOut(eligibility: readonly EligibilityPolicy[], approvers: readonly ApproverPolicy[], before?: readonly ApproverPolicy[]): Promise<readonly LockOut[]>;
}

/** That nobody could approve under an eligibility policy. */
export interface LockOut {
  readonly policyId: string;
  readonly reason: Reason;
}

/** A refusal has room for more reasons than these. */
const mostUnknown = 40;

type Known = Pick<Directory, 'snapshot' | 'findUser' | 'membersOf' | 'findAccount' | 'findPermissionSet'>;

/** References looked up in a snapshot that may be a few minutes old, and at AWS where they are not in it. */
export function directoryReferences(directory: Known): References {
  async function peopleOf(all: readonly Principals[]): Promise<PeopleOf> {
    const { users } = await directory.snapshot();
    const enabled = new Set(users.filter((user) => user.enabled).map(({ id }) => id));
    const members = new Map<string, readonly string[]>();
    for (const id of new Set(all.flatMap(({ groupIds }) => groupIds))) members.set(id, (await directory.membersOf(id)) ?? []);
    return ({ userIds, groupIds }) => new Set([...userIds, ...groupIds.flatMap((id) => members.get(id) ?? [])].filter((id) => enabled.has(id)));
  }

  return {
    async unknown({ groupIds = [], userIds = [], accountIds = [], organizationalUnitIds = [], permissionSetArns = [] }) {
      const { users, groups, accounts, organizationalUnits, permissionSets, rootId } = await directory.snapshot();
      const missing = async (what: string, ids: readonly string[], listed: readonly string[], isThere: (id: string) => Promise<boolean>): Promise<string[]> => {
        const known = new Set(listed);
        const gone: string[] = [];
        for (const id of new Set(ids)) if (!known.has(id) && !(await isThere(id))) gone.push(`${what} ${id}`);
        return gone;
      };
      const names = [
        ...(await missing('group', groupIds, groups.map(({ id }) => id), async (id) => (await directory.membersOf(id)) !== undefined)),
        ...(await missing('user', userIds, users.map(({ id }) => id), async (id) => (await directory.findUser(id)) !== undefined)),
        ...(await missing('account', accountIds, accounts.map(({ id }) => id), async (id) => (await directory.findAccount(id)) !== undefined)),
        ...(await missing('organizational unit', organizationalUnitIds, [rootId, ...organizationalUnits.map(({ id }) => id)], async () => false)),
        ...(await missing('permission set', permissionSetArns, permissionSets.map(({ arn }) => arn), async (arn) => (await directory.findPermissionSet(arn)) !== undefined)),
      ];
      return names.slice(0, mostUnknown).map((name) => ({ code: 'ERR_REFERENCE_UNKNOWN', message: `AWS knows no ${name}` }));
    },

    enabledAmong: async (principals) => (await peopleOf([principals]))(principals).size,

    async lockedOut(eligibility, approvers, before) {
      const needing = eligibility.filter(({ effect, approval }) => effect !== 'deny' && approval === 'required');
      if (needing.length === 0) return [];
      const snapshot = await directory.snapshot();
      const lookUp = await peopleOf([...needing.map(({ principals }) => principals), ...[...approvers, ...(before ?? [])].flatMap(namedBy)]);
      return needing.flatMap((policy) => {
        const spots = spotsOf(policy, snapshot);
        const known = new Set(before === undefined ? [] : lockedOut(policy, spots, before, lookUp).map(({ message }) => message));
        const reasons = lockedOut(policy, spots, approvers, lookUp).filter(({ message }) => !known.has(message));
        return reasons.map((reason) => ({ policyId: policy.policyId, reason }));
      });
    },
  };
}

const namedBy = ({ stages, requesters }: ApproverPolicy): Principals[] => [...stages.map((stage) => stage.approvers), ...(requesters === undefined ? [] : [requesters])];

/** Where a policy applies: its active accounts, and its units. Accounts told by tags may be anywhere: what holds at the root holds for them. */
function spotsOf({ targets: { accountIds, organizationalUnitIds, accountTags } }: EligibilityPolicy, snapshot: DirectorySnapshot): readonly Spot[] {
  const units = new Set([...organizationalUnitIds, ...(accountTags === undefined ? [] : [snapshot.rootId])]);
  const isMeant = ({ id, ouPath }: DirectorySnapshot['accounts'][number]): boolean => accountIds.includes(id) || organizationalUnitIds.some((unit) => ouPath.includes(unit));
  const accounts = snapshot.accounts.filter((one) => one.status === 'ACTIVE' && isMeant(one)).map(({ id, name, ouPath }) => ({ name: `${name} (${id})`, accountId: id, ouPath }));
  return [...accounts, ...[...units].flatMap((id) => unitSpot(id, snapshot))];
}

function unitSpot(id: string, { rootId, organizationalUnits }: DirectorySnapshot): Spot[] {
  if (id === rootId) return [{ name: 'the whole organization', ouPath: [rootId] }];
  return organizationalUnits.filter((unit) => unit.id === id).map(({ names, path }) => ({ name: names.join('/'), ouPath: path }));
}
