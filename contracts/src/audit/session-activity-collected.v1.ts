import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, person, reason, shortText, timestamp, uuid } from '../primitives.ts';

/** What a person did during a window was collected. */
export const sessionActivityCollectedV1 = defineFact('team.audit', {
  detailType: 'SessionActivityCollected.v1',
  summary: 'What a person did during a window was collected.',
  data: z.object({
    requestId: uuid,
    grantId: uuid,
    assignment,
    /** Whose sessions were looked for, and through which permission set; absent where that was not heard. */
    principal: person.optional(),
    permissionSetName: z.string().min(1).max(32).optional(),
    /** From when access was there to when the last credentials of it ended. */
    from: timestamp,
    to: timestamp,
    /** When the assignment was removed, if it was. */
    removedAt: timestamp.optional(),
    /** Calls by whether they could only read; errors and those after removal are among them. */
    reads: z.int().min(0),
    writes: z.int().min(0),
    errors: z.int().min(0),
    /** Calls made after the assignment was removed. */
    afterRemoval: z.int().min(0),
    services: z.array(shortText).max(200),
    /** `missing`: could not be collected, which does not mean that nothing happened. */
    state: z.enum(['complete', 'partial', 'missing']),
    /** What was granted held against what was used. `unused` and `only_reads` are said only where everything could be read. */
    use: z.enum(['unused', 'only_reads', 'used', 'after_removal', 'unknown']).optional(),
    /** Which collection of how many this is: later ones count everything again, with what came late. */
    collection: z.int().min(1).max(10).optional(),
    collections: z.int().min(1).max(10).optional(),
    /** Why it is partial or missing. */
    reason: reason.optional(),
    detailLocation: z.string().max(512).optional(),
    collectedAt: timestamp,
  }),
});
export type SessionActivityCollectedV1 = DataOf<typeof sessionActivityCollectedV1>;
