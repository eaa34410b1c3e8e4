import { misused, refused } from './failure.ts';
import { counted, printable } from './print/printable.ts';

const complete = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const beginning = /^[0-9a-f-]{8,35}$/;

/**
 * The request that a person names: by its id, or by the first eight characters or more of one of those that are looked among.
 * Throws `Failure`: `usage` where it cannot be an id, `refused` where it fits none or several.
 */
export async function namedRequest(reference: string, among: { readonly ids: (beginning: string) => Promise<Iterable<string>>; /** `of the last day` */ readonly which: string }): Promise<string> {
  const folded = reference.toLowerCase();
  if (complete.test(folded)) return folded;
  if (!beginning.test(folded)) throw misused(`"${printable(reference)}" is no request id: give a UUID, or its first eight characters or more`);
  const found = new Set<string>();
  for (const id of await among.ids(folded)) if (id.startsWith(folded)) found.add(id);
  const [one, ...others] = found;
  if (one === undefined) throw refused(`no request ${among.which} begins with "${folded}": give the whole id`);
  if (others.length > 0) throw refused(`${counted(found.size, 'request')} ${among.which} begin with "${folded}": ${[...found].join(', ')}`);
  return one;
}
