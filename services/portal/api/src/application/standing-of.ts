import type { Freshness, People, Standing, Whose } from './ports.ts';
import { Refusal } from './refusal.ts';

/**
 * What the person may do, as AWS knows them; a session outlives the person whose it is.
 *
 * @throws ERR_PERSON_DISABLED where nobody of that id is there any more, or they are disabled
 */
export async function standingOf(people: People, { userId, userName }: Whose, freshness: Freshness): Promise<Standing> {
  const standing = await people.standingOf(userId, freshness);
  if (standing !== undefined) return standing;
  throw new Refusal('forbidden', 'ERR_PERSON_DISABLED', `${userName} is disabled in the identity store, or not there any more; ask who administers it`);
}
