import type { Ask } from '../contract/index.ts';
import { isOwn, isRequester } from './involvement.ts';
import type { RequestViews, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';

/**
 * For whom somebody asks, where that is somebody else: whom they name, else whoever has what they extend. Whether they may ask for that one, and
 * whether who is named has it, is asked later.
 *
 * @throws ERR_REQUEST_UNKNOWN where it would extend what they neither have nor asked for, whether there is one or not
 */
export async function forWhom({ for: named, extends: extended }: Pick<Ask, 'for' | 'extends'>, person: SignedIn, views: Pick<RequestViews, 'find'>): Promise<string | undefined> {
  if (extended === undefined) return named;
  const view = await views.find(extended);
  if (view === undefined || !isOwn(view, person)) {
    throw new Refusal('unknown', 'ERR_REQUEST_UNKNOWN', `there is no request ${extended} that you have or asked for, so none that you could extend; one asked for a moment ago may take a few seconds`);
  }
  return named ?? (isRequester(view.row, person) ? undefined : view.row.requester.userName);
}
