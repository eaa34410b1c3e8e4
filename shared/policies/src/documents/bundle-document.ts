import { bundle } from '@team/contracts';
import * as z from 'zod';
import { names, places } from './parts.ts';

/** Several targets under one name, to be asked for together. */
export const bundleDocument = z.strictObject({
  kind: z.literal('Bundle'),
  name: bundle.shape.bundleId.describe('Stable name; unique among bundles.'),
  description: bundle.shape.description.describe('What it is for.'),
  targets: places.describe('Accounts: any of these, as they are at the moment of asking.'),
  permissionSets: names.min(1).max(10).describe('Permission sets, each in each account.'),
});
export type BundleDocument = z.infer<typeof bundleDocument>;
