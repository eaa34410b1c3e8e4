import { listKey } from '../domain/list-key.ts';
import type { RequestViews } from './ports.ts';

/** Whether an extension of a request waits or runs. A request has one at a time: who judges one more refuses it. */
export async function isExtended(requestId: string, views: Pick<RequestViews, 'page'>): Promise<boolean> {
  return (await views.page([listKey('extends', requestId)], { limit: 1 })).items.length > 0;
}
