import { namesOf, type Names } from './names.ts';

/** What of an organization file names things, in the shape in which AWS answers. */
export interface OrganizationFile {
  readonly RootId: string;
  readonly OrganizationalUnits: readonly { readonly Id: string; readonly Name: string; readonly ParentId: string }[];
  readonly Accounts: readonly { readonly Id: string; readonly Name: string }[];
  readonly Groups: readonly { readonly GroupId: string; readonly DisplayName: string }[];
  readonly Users: readonly { readonly UserId: string; readonly UserName: string }[];
  readonly PermissionSets: readonly { readonly PermissionSetArn: string; readonly Name: string }[];
}

/** Names and ids of an organization that stands in a file. */
export function organizationNames({ RootId, OrganizationalUnits, Accounts, Groups, Users, PermissionSets }: OrganizationFile): Names {
  const units = new Map(OrganizationalUnits.map((unit) => [unit.Id, unit]));
  const path = (id: string): string => {
    const unit = units.get(id);
    if (unit === undefined) return '';
    const above = path(unit.ParentId);
    return above === '' ? unit.Name : `${above}/${unit.Name}`;
  };
  return namesOf({
    rootId: RootId,
    users: Users.map(({ UserId, UserName }) => ({ id: UserId, name: UserName })),
    groups: Groups.map(({ GroupId, DisplayName }) => ({ id: GroupId, name: DisplayName })),
    accounts: Accounts.map(({ Id, Name }) => ({ id: Id, name: Name })),
    organizationalUnits: OrganizationalUnits.map(({ Id }) => ({ id: Id, name: path(Id) })),
    permissionSets: PermissionSets.map(({ PermissionSetArn, Name }) => ({ id: PermissionSetArn, name: Name })),
  });
}
