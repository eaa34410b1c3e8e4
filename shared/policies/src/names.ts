import { userId, organizationalUnitId } from '@team/contracts';

/** An id, or why there is none. */
export type Resolved = { readonly id: string } | { readonly reason: string };

/** Things of one kind, by what people call them. */
export interface Lookup {
  /** The id of what is written: a name or an id. A name that nothing has, or that several have, is never guessed at. */
  idOf(written: string): Resolved;
  /** What to write for an id: the name where it leads back to this id and no other, else the id itself. */
  nameOf(id: string): string;
  /** Whether there is something of this id. */
  has(id: string): boolean;
}

/** From names to ids and back. What is shaped like an id is only ever an id. */
export interface Names {
  /** By user name, in any case. */
  readonly users: Lookup;
  /** By display name. */
  readonly groups: Lookup;
  readonly accounts: Lookup;
  /** By path from the root (`Workloads/Prod`; `/` is the root itself). */
  readonly organizationalUnits: Lookup;
  readonly permissionSets: Lookup;
}

/** One thing that can be named. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** JavaScript keeps this name to itself: it is no key in a file, so whatever is called so is written by its id. */
export const noKey = '__proto__';

/** Everything that policies name. Units carry their whole path as name, without the root. */
export interface NamedThings {
  readonly rootId: string;
  readonly users: readonly Named[];
  readonly groups: readonly Named[];
  readonly accounts: readonly Named[];
  readonly organizationalUnits: readonly Named[];
  readonly permissionSets: readonly Named[];
}

/** Names and ids of all these. */
export function namesOf({ rootId, users, groups, accounts, organizationalUnits, permissionSets }: NamedThings): Names {
  // The root is a path of its own, which no unit can take.
  const paths = organizationalUnits.map(({ id, name }) => ({ id, name: name === '/' ? '' : name }));
  return {
    users: lookup({ what: 'user', things: users, isId: isPersonId, key: (name) => name.toLowerCase() }),
    groups: lookup({ what: 'group', things: groups, isId: isPersonId }),
    accounts: lookup({ what: 'account', things: accounts, isId: (text) => /^\d{12}$/.test(text) }),
    organizationalUnits: lookup({
      what: 'organizational unit',
      things: [{ id: rootId, name: '/' }, ...paths],
      isId: (text) => organizationalUnitId.safeParse(text).success,
      key: (path) => path.replace(/^\/(?=.)/s, ''),
    }),
    permissionSets: lookup({ what: 'permission set', things: permissionSets, isId: (text) => text.startsWith('arn:') }),
  };
}

const isPersonId = (text: string): boolean => userId.safeParse(text).success;

interface LookupOptions {
  /** What one of the things is called, for reasons. */
  readonly what: string;
  readonly things: readonly Named[];
  readonly isId: (text: string) => boolean;
  /** What two names have in common that mean the same; the name itself unless told. */
  readonly key?: (name: string) => string;
}

function lookup({ what, things, isId, key = (name) => name }: LookupOptions): Lookup {
  const nameById = new Map(things.map(({ id, name }) => [id, name]));
  const idsByName = new Map<string, string[]>();
  for (const { id, name } of things) if (name !== '') idsByName.set(key(name), [...(idsByName.get(key(name)) ?? []), id]);

  const idOf = (written: string): Resolved => {
    if (isId(written)) return nameById.has(written) ? { id: written } : { reason: `there is no ${what} ${written}` };
    const [id, ...others] = idsByName.get(key(written)) ?? [];
    if (id === undefined) return { reason: `there is no ${what} ${written}` };
    return others.length === 0 ? { id } : { reason: `${written} is ambiguous: ${what}s ${[id, ...others].join(', ')}` };
  };
  return {
    idOf,
    nameOf(id) {
      const name = nameById.get(id);
      if (name === undefined || name === noKey) return id;
      const back = idOf(name);
      return 'id' in back && back.id === id ? name : id;
    },
    has: (id) => nameById.has(id),
  };
}
