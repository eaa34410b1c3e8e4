import type { DeliveredEvent } from '@team/contracts';
import type { Fact } from '../domain/lifecycle/facts.ts';
import { termsOf } from '../domain/lifecycle/terms.ts';
import { requestChain } from '../domain/record.ts';
import { factInTrail, lifecycleKey } from './follow-lifecycle.ts';
import type { Lifecycles, ReadableTrail, Terms } from './ports.ts';

/** So many chains are read in one go; whoever asks goes on from there. */
const perAnswer = 100;

export interface Rebuilding {
  readonly trail: Pick<ReadableTrail, 'chainsWithHead' | 'chain' | 'head'>;
  readonly lifecycles: Lifecycles;
  readonly terms: Terms;
  /** The event in a recorded text. Throws where there is none. */
  readonly parse: (raw: string) => DeliveredEvent;
  readonly ownAccount: string;
}

export interface Rebuild {
  /** One request; without it all, part by part. */
  readonly requestId?: string | undefined;
  /** `next` of an earlier answer. */
  readonly after?: string | undefined;
}

export interface Rebuilt {
  readonly requests: number;
  /** There is more: ask again with this as `after`. */
  readonly next?: string | undefined;
}

/**
 * Makes lifecycles and their terms again from the trail, by hearing everything once more: what is there already stays as it is, what is missing
 * is added. What the trail holds is believed as the queue would believe it; whether it was changed, verification says.
 */
export function rebuildLifecycles({ trail, lifecycles, terms, parse, ownAccount }: Rebuilding) {
  const rebuild = async (requestId: string): Promise<boolean> => {
    const chain = requestChain(requestId);
    const facts: Fact[] = [];
    for await (const { raw } of trail.chain(chain, await trail.head(chain))) {
      const event = readable(parse, raw);
      const fact = event === undefined ? undefined : factInTrail(event, ownAccount);
      if (fact?.requestId === requestId) facts.push(fact);
    }
    if (facts.length === 0) return false;
    const { state } = await lifecycles.execute(lifecycleKey(requestId), { type: 'hear', facts });
    if (state !== undefined) await terms.put(termsOf(state));
    return true;
  };
  return async ({ requestId, after }: Rebuild): Promise<Rebuilt> => {
    if (requestId !== undefined) return { requests: (await rebuild(requestId)) ? 1 : 0 };
    const { items, next } = await trail.chainsWithHead(perAnswer, after);
    let requests = 0;
    for (const chain of items) if (chain.startsWith(prefix) && (await rebuild(chain.slice(prefix.length)))) requests += 1;
    return { requests, ...(next === undefined ? {} : { next }) };
  };
}

const prefix = requestChain('');

function readable(parse: Rebuilding['parse'], raw: string): DeliveredEvent | undefined {
  try {
    return parse(raw);
  } catch {
    // Somebody changed the text; verification says so.
    return undefined;
  }
}
