import type { People, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';
import { standingOf } from './standing-of.ts';

interface GoverningPorts {
  readonly people: People;
}

/**
 * Lets administrators alone pass, as they are at this moment.
 *
 * @throws ERR_ADMINISTRATORS_ONLY
 */
export async function requireAdministrator(person: SignedIn, { people }: GoverningPorts): Promise<void> {
  const { administrator } = await standingOf(people, person, 'live');
  if (!administrator) throw new Refusal('forbidden', 'ERR_ADMINISTRATORS_ONLY', 'only administrators change policies; one of them can do it for you');
}

/**
 * Lets pass who may read everything; says whether they administer.
 *
 * @throws ERR_AUDITORS_ONLY
 */
export async function requireReader(person: SignedIn, { people }: GoverningPorts): Promise<{ readonly administrator: boolean }> {
  const { administrator, auditor } = await standingOf(people, person, 'recent');
  if (administrator || auditor) return { administrator };
  throw new Refusal('forbidden', 'ERR_AUDITORS_ONLY', 'only auditors and administrators see this; one of them can look for you');
}
