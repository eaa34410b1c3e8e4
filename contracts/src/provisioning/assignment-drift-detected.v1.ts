import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { assignment, timestamp, uuid } from '../primitives.ts';

/** Identity Center holds something else than what is wanted. */
export const assignmentDriftDetectedV1 = defineFact('team.provisioning', {
  detailType: 'AssignmentDriftDetected.v1',
  summary: 'Identity Center holds something else than what is wanted.',
  data: z.object({
    assignment,
    wanted: z.enum(['present', 'absent']),
    actual: z.enum(['present', 'absent']),
    /** Grants concerned; the first fifty. */
    grantIds: z.array(uuid).max(50),
    repair: z.enum(['remove', 'create', 'none']),
    detectedAt: timestamp,
  }),
});
export type AssignmentDriftDetectedV1 = DataOf<typeof assignmentDriftDetectedV1>;
