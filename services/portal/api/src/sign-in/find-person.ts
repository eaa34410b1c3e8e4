import { DirectoryAmbiguityError } from '@team/directory';
import type { Clock } from '@team/runtime';
import type { Freshness } from '../application/ports.ts';
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
/** How many people are remembered; the longest known are forgotten first. */
const mostRemembered = 5_000;

export function personFinder(findUser: FindUser, now: Clock): FindPerson {
  const recent = new Map<string, { readonly person: Person; readonly at: number }>();
  return async (userName, freshness) => {
    const name = folded(userName);
    const known = recent.get(name);
    if (freshness === 'recent' && known !== undefined && now() - known.at < recentMs) return known.person;
    recent.delete(name);
    const at = now();
    const person = enabled(await theOnly(findUser, userName), userName);
    const [longest] = recent.keys();
    if (recent.size >= mostRemembered && longest !== undefined) recent.delete(longest);
    recent.set(name, { person, at });
    return person;
  };
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
  if (person === undefined || folded(person.userName) !== folded(userName) || folded(person.userName) === folded(person.id)) {
    throw new NotLetInError('ERR_PERSON_UNKNOWN', `nobody in IAM Identity Center has the user name "${userName}"; ask whoever administers it`);
  }
  if (!person.enabled) throw new NotLetInError('ERR_PERSON_UNKNOWN', `the user "${userName}" is disabled in IAM Identity Center; ask whoever administers it`);
  return person;
}

/** As the directory compares user names. */
function folded(userName: string): string {
  return userName.normalize('NFC').toLowerCase();
}
