import type { Ask } from '../contract/index.ts';
import { isOneself, isOwn, isRequester } from './involvement.ts';
import type { RequestViews, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';

/**
 * For whom somebody asks, where that is somebody else: whom they name, else whoever has what they extend. Whether they may ask for that one, and
 * whether who is named has it, is asked later. Nobody breaks glass for somebody else: it is approved by nobody, so it is for who signs in themselves.
 *
 * @throws ERR_ASKED_BY, ERR_BREAK_GLASS_FOR_ANOTHER
 * @throws ERR_REQUEST_UNKNOWN where it would extend what they neither have nor asked for, whether there is one or not
 */
export async function forWhom(asked: Pick<Ask, 'for' | 'askedBy' | 'breakGlass' | 'extends'>, person: SignedIn, views: Pick<RequestViews, 'find'>): Promise<string | undefined> {
  if (asked.askedBy !== undefined) throw new Refusal('invalid', 'ERR_ASKED_BY', 'who asks is who is signed in; leave "askedBy" to programs');
  const other = await named(asked, person, views);
  if (asked.breakGlass === true && other !== undefined) throw new Refusal('forbidden', 'ERR_BREAK_GLASS_FOR_ANOTHER', 'nobody breaks glass for somebody else; who needs it signs in and asks');
  return other;
}

async function named({ for: whom, extends: extended }: Pick<Ask, 'for' | 'extends'>, person: SignedIn, views: Pick<RequestViews, 'find'>): Promise<string | undefined> {
  const isForOneself = whom === undefined || isOneself(whom, person);
  if (extended === undefined) return isForOneself ? undefined : whom;
  const view = await views.find(extended);
  if (view === undefined || !isOwn(view, person)) {
    throw new Refusal('unknown', 'ERR_REQUEST_UNKNOWN', `there is no request ${extended} that you have or asked for, so none that you could extend; one asked for a moment ago may take a few seconds`);
  }
  return isForOneself && isRequester(view.row, person) ? undefined : (whom ?? view.row.requester.userName);
}
