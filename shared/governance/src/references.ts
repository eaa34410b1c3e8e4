import type { Directory, DirectorySnapshot } from '@team/directory';
import type { Principals } from '@team/contracts';
import type { PeopleOf, Spot } from './lock-out.ts';

/** Ids of everything that a policy may name. */
export interface NamedIds {
  readonly groupIds: readonly string[];
  readonly userIds: readonly string[];
  readonly accountIds: readonly string[];
  readonly organizationalUnitIds: readonly string[];
  readonly permissionSetArns: readonly string[];
}

/** Who and what a policy names, as AWS has it now. Rejects with a retryable error while the directory cannot answer. */
export interface References {
  /** In words, what of these AWS does not know: `group 1234…`. */
  unknown(named: Partial<NamedIds>): Promise<readonly string[]>;
  /** Accounts, units and the active accounts below them as places. Those that AWS does not know are left out. */
  spots(targets: Pick<NamedIds, 'accountIds' | 'organizationalUnitIds'>): Promise<readonly Spot[]>;
  /** For whom of enabled people any of these stand. */
  peopleOf(all: readonly Principals[]): Promise<PeopleOf>;
}

type Known = Pick<Directory, 'snapshot' | 'findUser' | 'membersOf' | 'findAccount' | 'findPermissionSet'>;

/** References looked up in a snapshot that may be a few minutes old, and at AWS where they are not in it. */
export function directoryReferences(directory: Known): References {
  return {
    async unknown({ groupIds = [], userIds = [], accountIds = [], organizationalUnitIds = [], permissionSetArns = [] }) {
      const { users, groups, accounts, organizationalUnits, permissionSets, rootId } = await directory.snapshot();
      const missing = async (what: string, ids: readonly string[], listed: readonly string[], isThere: (id: string) => Promise<boolean>): Promise<string[]> => {
        const known = new Set(listed);
        const gone: string[] = [];
        for (const id of new Set(ids)) if (!known.has(id) && !(await isThere(id))) gone.push(`${what} ${id}`);
        return gone;
      };
      return [
        ...(await missing('group', groupIds, groups.map(({ id }) => id), async (id) => (await directory.membersOf(id)) !== undefined)),
        ...(await missing('user', userIds, users.map(({ id }) => id), async (id) => (await directory.findUser(id)) !== undefined)),
        ...(await missing('account', accountIds, accounts.map(({ id }) => id), async (id) => (await directory.findAccount(id)) !== undefined)),
        ...(await missing('organizational unit', organizationalUnitIds, [rootId, ...organizationalUnits.map(({ id }) => id)], async () => false)),
        ...(await missing('permission set', permissionSetArns, permissionSets.map(({ arn }) => arn), async (arn) => (await directory.findPermissionSet(arn)) !== undefined)),
      ];
    },

    async spots({ accountIds, organizationalUnitIds }) {
      const snapshot = await directory.snapshot();
      const isMeant = ({ id, ouPath }: DirectorySnapshot['accounts'][number]): boolean => accountIds.includes(id) || organizationalUnitIds.some((unit) => ouPath.includes(unit));
      const accounts = snapshot.accounts.filter((one) => one.status === 'ACTIVE' && isMeant(one)).map(({ id, name, ouPath }) => ({ name: `${name} (${id})`, accountId: id, ouPath }));
      return [...accounts, ...organizationalUnitIds.flatMap((id) => unitSpot(id, snapshot))];
    },

    async peopleOf(all) {
      const { users } = await directory.snapshot();
      const enabled = new Set(users.filter((user) => user.enabled).map(({ id }) => id));
      const members = new Map<string, readonly string[]>();
      for (const id of new Set(all.flatMap(({ groupIds }) => groupIds))) members.set(id, (await directory.membersOf(id)) ?? []);
      return ({ userIds, groupIds }) => new Set([...userIds, ...groupIds.flatMap((id) => members.get(id) ?? [])].filter((id) => enabled.has(id)));
    },
  };
}

function unitSpot(id: string, { rootId, organizationalUnits }: DirectorySnapshot) {
  if (id === rootId) return [{ name: 'the whole organization', ouPath: [rootId] }];
  return organizationalUnits.filter((unit) => unit.id === id).map(({ names, path }) => ({ name: names.join('/'), ouPath: path }));
}
