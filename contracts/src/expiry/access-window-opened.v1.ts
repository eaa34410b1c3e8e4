import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { acceptanceJws, decisionJws, grant, maximumDecisions, person, proofJws, timestamp, uuid, windowBounds } from '../primitives.ts';

/** A grant is to be provisioned now; carries the whole evidence. */
export const accessWindowOpenedV1 = defineFact('team.expiry', {
  detailType: 'AccessWindowOpened.v1',
  summary: 'A grant is to be provisioned now; carries the whole evidence.',
  data: z.object({
    requestId: uuid,
    principal: person,
    grant,
    window: windowBounds,
    /**
     * Of an extension alone: when it ends, which is the end of what it extends and its own duration; `latestEnd` stands all the same.
     * Without it a grant lasts its duration from when it is given.
     */
    endsAt: timestamp.optional(),
    breakGlass: z.boolean(),
    proof: proofJws,
    acceptance: acceptanceJws,
    decisions: z.array(decisionJws).max(maximumDecisions),
    openedAt: timestamp,
  }),
});
export type AccessWindowOpenedV1 = DataOf<typeof accessWindowOpenedV1>;
