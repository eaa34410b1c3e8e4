import type { ActivityQuestion, RequestActivity } from '../contract/index.ts';
import { findVisible } from './find-visible.ts';
import { mayKnowOfRequester } from './involvement.ts';
import type { People, RequestViews, Services, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';

interface ActivityPorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly services: Pick<Services, 'audit'>;
}

/**
 * A page of what was done under a request, grant after grant. A place in it is a grant, and where its calls go on.
 *
 * @throws ERR_REQUEST_UNKNOWN, ERR_ACTIVITY_OF_ANOTHER, ERR_CURSOR_INVALID
 */
export async function listActivity(requestId: string, { after, limit }: ActivityQuestion, person: SignedIn, { people, views, services }: ActivityPorts): Promise<RequestActivity> {
  const { view, standing } = await findVisible(requestId, person, 'recent', { people, views });
  if (!mayKnowOfRequester(view, person, standing)) throw new Refusal('forbidden', 'ERR_ACTIVITY_OF_ANOTHER', 'what somebody did is told to them, to who answers for it and to auditors; not to who asked for them');
  const grantIds = view.story.grants.map(({ grantId }) => grantId);
  const [from = '', ...rest] = after?.split('.') ?? [grantIds[0]];
  if (after !== undefined && !grantIds.includes(from)) throw new Refusal('invalid', 'ERR_CURSOR_INVALID', 'this is no place at which the list goes on; ask without "after", from the beginning');
  let place = rest.join('.');
  for (const [at, grantId] of grantIds.entries()) {
    if (at < grantIds.indexOf(from)) continue;
    const { calls, next } = await services.audit.activity(grantId, { limit, ...(place === '' ? {} : { after: place }) });
    const following = grantIds[at + 1];
    const goesOn = next === undefined ? (following === undefined ? undefined : `${following}.`) : `${grantId}.${next}`;
    if (calls.length > 0 || next !== undefined) return { items: calls.map((call) => ({ ...call, grantId })), ...(goesOn === undefined ? {} : { next: goesOn }) };
    place = '';
  }
  return { items: [] };
}
