import type { RequestsAnswer, RequestSummary } from '@team/contracts';
import type { Lifecycle } from '../../domain/lifecycle/state.ts';
import { askedKeyOf } from '../../domain/lifecycle/terms.ts';
import type { Listing, RequestIndex } from '../ports.ts';
import type { Cursors } from './cursor.ts';

/** Also the most keys of one `BatchGetItem`. */
const atOnce = 100;
/** So many candidates at least are read at a time, so that a page that is nearly full does not read them one by one. */
const fewest = 20;
/** So many candidates are looked at for one page, whatever it is that fits: the page then ends where it came to. */
const mostLookedAt = 500;
/** Below the 6 MB that a function may answer (Lambda quotas), with room for one more summary. */
const maximumCharacters = 4_000_000;

/** One list that a question reads, after which the next is begun. `name` tells it from the others in cursors. */
export interface Part {
  readonly name: string;
  readonly listing: Listing;
}

export interface Asking {
  readonly index: RequestIndex;
  readonly cursors: Cursors;
  readonly after: string | undefined;
  readonly limit: number;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The oldest first; usually the newest. */
  readonly oldestFirst?: boolean;
}

/** What of a candidate belongs to the answer; undefined: nothing. */
export type Fits = (lifecycle: Lifecycle, part: Part) => RequestSummary | undefined;

/** So many lists at most are begun for one page. */
const mostParts = 24;

/**
 * A page of an answer: candidates from the lists, one after the other, and of their lifecycles what fits. Reads no more than a bounded number
 * of keys and items, however many there are.
 */
export async function pageOf(parts: readonly Part[], asking: Asking, fits: Fits): Promise<RequestsAnswer> {
  const { index, cursors, limit, from, to, oldestFirst = false } = asking;
  const begin = positionIn(cursors.read(asking.after));
  const requests: RequestSummary[] = [];
  let [lookedAt, characters] = [0, 0];
  let after = begin?.key;
  const left = begin === undefined ? parts : parts.slice(parts.findIndex(({ name }) => name === begin.part));
  for (const [begun, part] of left.entries()) {
    if (begun === mostParts) return { requests, next: cursors.write(`${part.name}|`) };
    for (let more = true; more; ) {
      const wanted = Math.min(atOnce, Math.max(limit - requests.length, fewest));
      const keys = await index.keys(part.listing, { from, to, after, limit: wanted, newestFirst: !oldestFirst });
      const found = keys.length === 0 ? new Map<string, Lifecycle>() : await index.lifecycles(keys.map(requestIdIn));
      for (const key of keys) {
        after = key;
        lookedAt += 1;
        const lifecycle = found.get(requestIdIn(key));
        const summary = lifecycle === undefined || !standsAt(lifecycle, key, part.listing) ? undefined : fits(lifecycle, part);
        if (summary === undefined) continue;
        requests.push(summary);
        characters += JSON.stringify(summary).length;
        if (requests.length === limit || characters > maximumCharacters) return { requests, next: cursors.write(`${part.name}|${key}`) };
      }
      more = keys.length === wanted;
      if (more && lookedAt >= mostLookedAt) return { requests, next: cursors.write(`${part.name}|${after ?? ''}`) };
    }
    after = undefined;
  }
  return { requests };
}

/** An entry that was made before it was known when it was asked stands elsewhere, too: it is listed once. */
const standsAt = (lifecycle: Lifecycle, key: string, listing: Listing): boolean => !('term' in listing) || askedKeyOf(lifecycle) === key;

const requestIdIn = (key: string): string => key.slice(key.lastIndexOf('#') + 1);

function positionIn(position: string | undefined): { readonly part: string; readonly key: string | undefined } | undefined {
  if (position === undefined) return undefined;
  const [part = '', key = ''] = position.split('|');
  return { part, key: key === '' ? undefined : key };
}
