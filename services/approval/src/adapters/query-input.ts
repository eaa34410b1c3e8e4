import { accountId, permissionSetArn, shortText } from '@team/contracts';
import { TeamError } from '@team/runtime';
import * as z from 'zod';

const query = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('policies') }),
  z.strictObject({ op: z.literal('approvers'), asked: z.array(z.strictObject({ requester: shortText, accountId, permissionSetArn })).min(1).max(20) }),
]);

/**
 * The query in an input of the function `query`.
 *
 * @throws TeamError `ERR_QUERY_INVALID` that names every wrong field
 */
export function parseQuery(input: unknown): z.infer<typeof query> {
  const result = query.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new TeamError('ERR_QUERY_INVALID', `not a query about approver policies: ${fields}`);
}
