import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { digest, reason, shortText, uuid } from '../primitives.ts';

/** A request id or event id was used again with other content; the first stands. */
export const duplicateRequestIgnoredV1 = defineFact('team.request', {
  detailType: 'DuplicateRequestIgnored.v1',
  summary: 'A request id or event id was used again with other content; the first stands.',
  data: z.object({
    requestId: uuid,
    reason,
    firstDigest: digest,
    ignoredDigest: digest,
    emitter: z.object({ source: shortText, account: z.string().max(12) }),
  }),
});
export type DuplicateRequestIgnoredV1 = DataOf<typeof duplicateRequestIgnoredV1>;
