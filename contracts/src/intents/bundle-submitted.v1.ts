import * as z from 'zod';
import { defineIntent, type DataOf } from '../define-event.ts';
import { bundle, policyId } from '../policy.ts';
import { shortText, uuid } from '../primitives.ts';

/** A bundle of targets is to be created, replaced or removed. */
export const bundleSubmittedV1 = defineIntent({
  detailType: 'BundleSubmitted.v1',
  summary: 'A bundle of targets is to be created, replaced or removed.',
  data: z.object({
    changeId: uuid,
    /** User id or user name. */
    submittedBy: shortText,
    bundleId: policyId,
    /** Version that the change was made against; 0 where there is none yet. */
    expectedVersion: z.int().min(0),
    /** Absent: the bundle is to be removed. */
    bundle: bundle.optional(),
  }),
});
export type BundleSubmittedV1 = DataOf<typeof bundleSubmittedV1>;
