import type { ActivityAnswer } from '@team/contracts';
import type { ActivityQuery } from '../../domain/query.ts';
import { cursorInvalid } from '../cursor-invalid.ts';
import type { ActivityDetails, FinalError } from '../ports.ts';

/** The lines of detail that are kept of a grant, a page at a time. */
export async function listActivity(details: ActivityDetails, finalError: FinalError, { grantId, limit, after }: ActivityQuery): Promise<ActivityAnswer> {
  if (after !== undefined && !/^\d{4}-\d{2}-\d{2}T[\d:.]+Z#[\w-]{1,64}$/.test(after)) throw cursorInvalid(finalError, after);
  const { items, next } = await details.page(grantId, limit, after);
  return { calls: [...items], ...(next === undefined ? {} : { next }) };
}
