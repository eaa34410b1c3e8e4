import type { ListName } from '../../../api/src/contract/index.ts';
import { namedRequest } from '../named-request.ts';
import type { Portal } from './portal.ts';
import { someRequests } from './some-requests.ts';

/** A beginning is looked for among so many of each list, the newest. */
const mostLooked = 600;

/** The request that a person names, by the beginning of an id among those in these lists. Throws as `namedRequest` does. */
export const meantRequest = (portal: Portal, reference: string, lists: readonly ListName[]): Promise<string> =>
  namedRequest(reference, {
    which: `of yours in ${lists.join(', ')}`,
    ids: async () => (await Promise.all(lists.map((list) => someRequests(portal, { list }, mostLooked)))).flatMap(({ items }) => items.map(({ requestId }) => requestId)),
  });
