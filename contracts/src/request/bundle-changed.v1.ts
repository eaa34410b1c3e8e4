import * as z from 'zod';
import { defineFact, type DataOf } from '../define-event.ts';
import { bundle, policyId } from '../policy.ts';
import { actor, timestamp, uuid } from '../primitives.ts';

/** A bundle of targets was created, replaced or removed. */
export const bundleChangedV1 = defineFact('team.request', {
  detailType: 'BundleChanged.v1',
  summary: 'A bundle of targets was created, replaced or removed.',
  data: z.object({
    changeId: uuid,
    bundleId: policyId,
    version: z.int().min(1),
    before: bundle.optional(),
    /** Absent: it was removed. */
    after: bundle.optional(),
    changedBy: actor,
    agreedBy: actor.optional(),
    changedAt: timestamp,
  }),
});
export type BundleChangedV1 = DataOf<typeof bundleChangedV1>;
