import type { Looking } from './involvement.ts';
import type { Freshness, People, SignedIn } from './ports.ts';
import { standingOf } from './standing-of.ts';

/** What the person may do, and in whose place. Throws `ERR_PERSON_DISABLED`. */
export async function lookingOf(people: People, person: SignedIn, freshness: Freshness): Promise<Looking> {
  const [standing, standsInFor] = await Promise.all([standingOf(people, person, freshness), people.stoodInForBy(person.userId, freshness)]);
  return { ...standing, standsInFor };
}
