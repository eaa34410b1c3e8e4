import type { Directory, DirectorySnapshot } from '@team/directory';
import type { References } from '../application/ports.ts';

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
      const accounts = accountIds.flatMap((id) => snapshot.accounts.filter((one) => one.id === id).map(({ name, ouPath }) => ({ name: `${name} (${id})`, accountId: id, ouPath })));
      return [...accounts, ...organizationalUnitIds.flatMap((id) => unitSpot(id, snapshot))];
    },

    async enabled({ groupIds, userIds }) {
      const { users } = await directory.snapshot();
      const enabled = new Set(users.filter((user) => user.enabled).map(({ id }) => id));
      const members = new Map<string, readonly string[]>();
      for (const id of groupIds) members.set(id, ((await directory.membersOf(id)) ?? []).filter((userId) => enabled.has(userId)));
      return { members, users: new Set(userIds.filter((id) => enabled.has(id))) };
    },
  };
}

function unitSpot(id: string, { rootId, organizationalUnits }: DirectorySnapshot) {
  if (id === rootId) return [{ name: 'the whole organization', ouPath: [rootId] }];
  return organizationalUnits.filter((unit) => unit.id === id).map(({ names, path }) => ({ name: names.join('/'), ouPath: path }));
}
