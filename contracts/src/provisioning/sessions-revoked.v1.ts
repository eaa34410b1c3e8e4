import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, timestamp, uuid } from '../primitives.ts';

/** Credentials issued before a moment were made useless. */
export const sessionsRevokedV1 = defineFact('team.provisioning', {
  detailType: 'SessionsRevoked.v1',
  summary: 'Credentials issued before a moment were made useless.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    issuedBefore: timestamp,
    revokedAt: timestamp,
  }),
});
export type SessionsRevokedV1 = DataOf<typeof sessionsRevokedV1>;
