import type { AuditTrail } from './cloud/audit-trail.ts';
import { misused, refused } from './failure.ts';
import { counted } from './print/printable.ts';

const complete = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const beginning = /^[0-9a-f-]{8,35}$/;
const requestPrefix = 'request#';

/**
 * The request that a person means: its id, or the first eight characters or more of the id of one of the last day.
 * Throws `Failure`: `usage` where it cannot be an id, `refused` where it fits none or several.
 */
export async function findRequest(trail: AuditTrail, reference: string): Promise<string> {
  const folded = reference.toLowerCase();
  if (complete.test(folded)) return folded;
  if (!beginning.test(folded)) throw misused(`"${reference}" is no request id: give a UUID, or its first eight characters or more`);
  const found = new Set<string>();
  for (let after: string | undefined; ; ) {
    const { events, next } = await trail.events({ after });
    for (const { chain } of events) if (chain.startsWith(requestPrefix + folded)) found.add(chain.slice(requestPrefix.length));
    if (events.length === 0 || next === undefined) break;
    after = next;
  }
  const [one, ...others] = found;
  if (one === undefined) throw refused(`no request of the last day begins with "${folded}": give the whole id`);
  if (others.length > 0) throw refused(`${counted(found.size, 'request')} of the last day begin with "${folded}": ${[...found].join(', ')}`);
  return one;
}
