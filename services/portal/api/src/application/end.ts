import { accessRevocationRequestedV1, isFinal } from '@team/contracts';
import type { End, Taken } from '../contract/index.ts';
import { findVisible } from './find-visible.ts';
import { mayEnd } from './involvement.ts';
import type { Intents, People, RequestView, RequestViews, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';
import { takenAs } from './taken-as.ts';

interface EndPorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly intents: Intents;
}

/**
 * Takes a request back, or ends its access. What is over already is judged all the same: who reads may be behind, who judges is not.
 *
 * @throws ERR_MAY_NOT_END, ERR_GRANT_UNKNOWN, ERR_CANCELLATION_PARTIAL, ERR_REQUEST_OVER
 */
export async function end(requestId: string, asked: End, person: SignedIn, ports: EndPorts): Promise<Taken> {
  const { view, standing } = await findVisible(requestId, person, 'live', ports);
  if (!mayEnd(view, person, standing)) {
    throw new Refusal('forbidden', 'ERR_MAY_NOT_END', 'only who asked, those whom the approval names and administrators may end it');
  }
  return putEnd(view, asked, { by: person.userName }, ports.intents);
}

/** Has it judged that a request is to end, by a person or on the emitter's own account. Throws `ERR_GRANT_UNKNOWN`, `ERR_CANCELLATION_PARTIAL`, `ERR_REQUEST_OVER`. */
export async function putEnd({ row: { requestId }, story: { status, grants } }: RequestView, { grantIds, reason }: End, who: { readonly by?: string }, intents: Intents): Promise<Taken> {
  if (grants.length === 0 && isFinal(status)) throw new Refusal('conflict', 'ERR_REQUEST_OVER', `the request is ${status}; there is nothing to end`);
  if (grantIds !== undefined && grants.length === 0) {
    throw new Refusal('invalid', 'ERR_CANCELLATION_PARTIAL', 'a request that waits is taken back as a whole; leave out grantIds');
  }
  const unknown = grantIds?.find((id) => grants.every(({ grantId }) => grantId !== id));
  if (unknown !== undefined) throw new Refusal('invalid', 'ERR_GRANT_UNKNOWN', `request ${requestId} has no grant ${unknown}; take one of those that it shows`);
  await intents.put(accessRevocationRequestedV1, requestId, {
    requestId,
    ...who,
    ...(grantIds === undefined ? {} : { grantIds }),
    ...(reason === undefined ? {} : { reason }),
  });
  return takenAs(requestId);
}
