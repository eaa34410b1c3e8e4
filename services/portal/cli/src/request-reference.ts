import type { AuditTrail } from './cloud/audit-trail.ts';
import { namedRequest } from './named-request.ts';

const requestPrefix = 'request#';

/** The request that a person names, by the beginning of an id among those of the last day. Throws as `namedRequest` does. */
export const findRequest = (trail: AuditTrail, reference: string): Promise<string> =>
  namedRequest(reference, { which: 'of the last day', ids: (beginning) => idsIn(trail, beginning) });

async function idsIn(trail: AuditTrail, beginning: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let after: string | undefined; ; ) {
    const { events, next } = await trail.events({ after });
    for (const { chain } of events) if (chain.startsWith(requestPrefix + beginning)) found.add(chain.slice(requestPrefix.length));
    if (events.length === 0 || next === undefined) return found;
    after = next;
  }
}
