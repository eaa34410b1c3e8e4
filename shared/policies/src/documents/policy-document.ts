import * as z from 'zod';
import { approverDocument } from './approver-document.ts';
import { bundleDocument } from './bundle-document.ts';
import { eligibilityDocument } from './eligibility-document.ts';
import { emitterDocument } from './emitter-document.ts';
import { limitsDocument } from './limits-document.ts';
import { portalDocument } from './portal-document.ts';

/** One document of a policy file, as people write it: names or ids. A key that is not known is an error. */
export const policyDocument = z.discriminatedUnion(
  'kind',
  [eligibilityDocument, approverDocument, limitsDocument, bundleDocument, emitterDocument, portalDocument],
  { error: ({ code }) => (code === 'invalid_union' ? 'is none of EligibilityPolicy, ApproverPolicy, Limits, Bundle, Emitter, Portal' : undefined) },
);
export type PolicyDocument = z.infer<typeof policyDocument>;
