import { accountId, bundle, eligibilityPolicy, limits, minutes, justification, shortText, timestamp } from '@team/contracts';
import { TeamError } from '@team/runtime';
import * as z from 'zod';

const asked = z.strictObject({
  requester: shortText,
  accountId,
  permissionSet: shortText,
  durationMinutes: minutes.optional(),
  startAt: timestamp.optional(),
  ticketId: shortText.optional(),
  justification: justification.optional(),
  breakGlass: z.boolean().optional(),
  askedAt: timestamp.optional(),
});

const query = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('policies') }),
  z.strictObject({
    op: z.literal('explain'),
    asked: z.array(asked).min(1).max(100),
    /** In place of those in force. */
    policies: z.strictObject({ eligibility: z.array(eligibilityPolicy).max(2_000), limits, bundles: z.array(bundle).max(500).optional() }).optional(),
  }),
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
  throw new TeamError('ERR_QUERY_INVALID', `not a query about policies: ${fields}`);
}
