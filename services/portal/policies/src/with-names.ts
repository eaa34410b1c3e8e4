import type { Names } from '@team/policies';

const ids = /arn:aws[a-z-]*:sso:::permissionSet\/[\w-]+\/[\w-]+|(?:[0-9a-f]{10}-)?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\bou-[0-9a-z]{4,32}-[0-9a-z]{8,32}\b|\br-[0-9a-z]{4,32}\b|\b\d{12}\b/g;

/** A text in which ids of people, groups, accounts, units and permission sets are replaced by what they are called, unless that stands before them already. */
export function withNames(text: string, { users, groups, accounts, organizationalUnits, permissionSets }: Names): string {
  const lookups = [groups, users, accounts, organizationalUnits, permissionSets];
  return text.replace(ids, (id: string, at: number) => {
    const name = lookups.find((lookup) => lookup.has(id))?.nameOf(id) ?? id;
    return text.slice(0, at).endsWith(`${name} (`) ? id : name;
  });
}

/** What each id in a text is called, once; ids that nothing has are left out. */
export function namesIn(text: string, { users, groups, accounts, organizationalUnits, permissionSets }: Names): readonly { readonly id: string; readonly name: string }[] {
  const lookups = [groups, users, accounts, organizationalUnits, permissionSets];
  return [...new Set(text.match(ids))].flatMap((id) => {
    const name = lookups.find((lookup) => lookup.has(id))?.nameOf(id);
    return name === undefined ? [] : [{ id, name }];
  });
}
