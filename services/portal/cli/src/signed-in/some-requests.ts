import type { ListQuestion, RequestRow } from '../../../api/src/contract/index.ts';
import type { Portal } from './portal.ts';

/** The first lines of a list, page by page; `more` where there are others. */
export async function someRequests(portal: Portal, question: Partial<ListQuestion>, most: number): Promise<{ items: readonly RequestRow[]; more: boolean; now: string }> {
  const items: RequestRow[] = [];
  for (let after: string | undefined; ; ) {
    const page = await portal.requests({ ...question, ...(after === undefined ? {} : { after }), limit: Math.min(200, most - items.length) });
    items.push(...page.items);
    after = page.next;
    if (after === undefined || items.length >= most) return { items, more: after !== undefined, now: page.now };
  }
}
