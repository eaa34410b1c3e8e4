import { accessRequestedV1 } from '@team/contracts';
import type { Ask, Taken } from '../contract/index.ts';
import { forWhom } from './for-whom.ts';
import { isOwn } from './involvement.ts';
import { requireMayAskFor } from './may-ask-for.ts';
import type { Intents, Named, People, RequestViews, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';
import { requireRecentSignIn } from './require-recent-sign-in.ts';
import { standingOf } from './standing-of.ts';
import { bundlesLast } from './taken-apart.ts';
import { takenAs } from './taken-as.ts';

interface AskPorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly intents: Intents;
  readonly mayAskForOthers: Named;
  readonly newId: () => string;
  /** ms since the epoch */
  readonly now: () => number;
}

/**
 * Asks for access in the name of who is signed in. Whether they may have it is for the request service; the same id and words again
 * are the same request.
 *
 * Break glass is approved by nobody. So it is for who just signed in.
 *
 * @throws ERR_SIGN_IN_TOO_OLD, ERR_BREAK_GLASS_FOR_ANOTHER, ERR_MAY_NOT_ASK_FOR_OTHERS, ERR_ASKED_BY
 * @throws ERR_REQUEST_UNKNOWN where it would extend what they neither have nor asked for
 * @throws ERR_REQUEST_ID_TAKEN where the id is somebody else's: that would only add to what is told of theirs
 */
export async function ask(asked: Ask, person: SignedIn, { people, views, intents, mayAskForOthers, newId, now }: AskPorts): Promise<Taken> {
  const { requestId = newId() } = asked;
  const other = await forWhom(asked, person, views);
  if (asked.breakGlass === true) requireRecentSignIn(person, now());
  const [standing, known] = await Promise.all([standingOf(people, person, 'live'), asked.requestId === undefined ? undefined : views.find(requestId)]);
  requireMayAskFor(other, person, standing, mayAskForOthers);
  if (known !== undefined && !isOwn(known, person)) throw new Refusal('conflict', 'ERR_REQUEST_ID_TAKEN', `the id ${requestId} is taken; choose another`);
  await requestedBy(intents, asked, { requestId, requester: other ?? person.userName, askedBy: other === undefined ? undefined : person.userName });
  return takenAs(requestId);
}

/** Has it judged, for whom it is and by whom it was asked. */
export async function requestedBy(
  intents: Intents,
  { targets, durationMinutes, startAt, justification, ticket, breakGlass, extends: extended }: Ask,
  { askedBy, ...whose }: { readonly requestId: string; readonly requester: string; readonly askedBy: string | undefined },
): Promise<void> {
  await intents.put(accessRequestedV1, whose.requestId, {
    ...whose,
    targets: [...bundlesLast(targets)],
    durationMinutes,
    ...(askedBy === undefined ? {} : { askedBy }),
    ...(startAt === undefined ? {} : { startAt }),
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket: { id: ticket } }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
    ...(extended === undefined ? {} : { extends: extended }),
  });
}
