import { accessRequestedV1 } from '@team/contracts';
import type { Ask, Taken } from '../contract/index.ts';
import { isOwn } from './involvement.ts';
import type { Intents, People, RequestViews, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';
import { requireRecentSignIn } from './require-recent-sign-in.ts';
import { standingOf } from './standing-of.ts';
import { takenAs } from './taken-as.ts';

interface AskPorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly intents: Intents;
  readonly newId: () => string;
  /** ms since the epoch */
  readonly now: () => number;
}

/**
 * Asks for access in the name of who is signed in. Whether they may have it is for the request service; the same id and words again
 * are the same request.
 *
 * Break glass is approved by nobody. So it is for who signs in themselves, and just did.
 *
 * @throws ERR_SIGN_IN_TOO_OLD, ERR_BREAK_GLASS_FOR_ANOTHER
 * @throws ERR_REQUEST_ID_TAKEN where the id is somebody else's: that would only add to what is told of theirs
 */
export async function ask(asked: Ask, person: SignedIn, { people, views, intents, newId, now }: AskPorts): Promise<Taken> {
  const { requestId = newId(), targets, durationMinutes, startAt, justification, ticket, breakGlass, for: other } = asked;
  if (breakGlass === true) {
    requireRecentSignIn(person, now());
    if (other !== undefined) throw new Refusal('forbidden', 'ERR_BREAK_GLASS_FOR_ANOTHER', 'nobody breaks glass for somebody else; who needs it signs in and asks');
  }
  const [, known] = await Promise.all([standingOf(people, person, 'live'), asked.requestId === undefined ? undefined : views.find(requestId)]);
  if (known !== undefined && !isOwn(known, person)) throw new Refusal('conflict', 'ERR_REQUEST_ID_TAKEN', `the id ${requestId} is taken; choose another`);
  await intents.put(accessRequestedV1, requestId, {
    requestId,
    requester: other ?? person.userName,
    targets,
    durationMinutes,
    ...(other === undefined ? {} : { askedBy: person.userName }),
    ...(startAt === undefined ? {} : { startAt }),
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket: { id: ticket } }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
    ...(asked.extends === undefined ? {} : { extends: asked.extends }),
  });
  return takenAs(requestId);
}
