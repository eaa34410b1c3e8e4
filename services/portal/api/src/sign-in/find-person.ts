import { DirectoryAmbiguityError } from '@team/directory';
import { kept, type Clock } from '@team/runtime';
import type { Freshness } from '../application/ports.ts';
import { folded, same } from '../domain/same.ts';
import { NotLetInError } from './unauthorized.ts';

/** A user of the Identity Store; what `createPeopleDirectory` of @team/directory finds is one. */
export interface Person {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string | undefined;
  readonly enabled: boolean;
}

/** The user of this name, as they are now, compared without regard to case. */
export type FindUser = (userName: string) => Promise<Person | undefined>;

/** The enabled person of this user name; throws `ERR_PERSON_UNKNOWN`, and what the directory throws where it does not answer. */
export type FindPerson = (userName: string, freshness: Freshness) => Promise<Person>;

const recentMs = 60_000;

export function personFinder(findUser: FindUser, now: Clock): FindPerson {
  const recent = kept({ now, maxAgeMs: recentMs, keyOf: folded }, async (userName: string) => enabled(await theOnly(findUser, userName), userName));
  return (userName, freshness) => recent(userName, freshness === 'live');
}

/** Where several people carry the name, none of them is taken for the caller. */
async function theOnly(findUser: FindUser, userName: string): Promise<Person | undefined> {
  try {
    return await findUser(userName);
  } catch (error) {
    if (error instanceof DirectoryAmbiguityError) throw new NotLetInError('ERR_PERSON_UNKNOWN', `several people in IAM Identity Center have the user name "${userName}"; ask whoever administers it`, error);
    throw error;
  }
}

function enabled(person: Person | undefined, userName: string): Person {
  // A directory also finds by id. Who is named like somebody's id at the identity provider is not that person.
  if (person === undefined || !same(person.userName, userName) || same(person.userName, person.id)) {
    throw new NotLetInError('ERR_PERSON_UNKNOWN', `nobody in IAM Identity Center has the user name "${userName}"; ask whoever administers it`);
  }
  if (!person.enabled) throw new NotLetInError('ERR_PERSON_UNKNOWN', `the user "${userName}" is disabled in IAM Identity Center; ask whoever administers it`);
  return person;
}
