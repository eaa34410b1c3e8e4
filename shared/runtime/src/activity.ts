import * as z from 'zod';

/** A name that may stand in a statement: what Glue allows for databases, tables and columns that need no escaping. */
const name = z.string().regex(/^[a-z0-9_]{1,128}$/, 'a database, table or column is named with small letters, digits and underscores');
const workgroup = z.string().regex(/^[\w.-]{1,128}$/, 'a workgroup is named with letters, digits and ._-');
const outputLocation = z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[\w!.'()/-]+\/$/, 'results lie under s3://<bucket>/<prefix>/, with a slash at the end');
const eventDataStoreArn = z.string().regex(/^arn:aws:cloudtrail:[a-z0-9-]+:\d{12}:eventdatastore\/[0-9a-f-]{36}$/, 'an event data store is written like arn:aws:cloudtrail:eu-central-1:111122223333:eventdatastore/11111111-2222-3333-4444-555555555555');
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region is written like eu-central-1');

export const athenaActivity = z.strictObject({
  source: z.literal('athena'),
  database: name,
  table: name,
  workgroup,
  outputLocation,
  /** Columns by which the table is partitioned; those that are there make a query read less. `day` is written like 2026/03/02. */
  partitions: z.strictObject({ account: name.optional(), region: name.optional(), day: name.optional() }).optional(),
  /** Where people work, if the table is partitioned by Region; absent: in all that it knows. */
  regions: z.array(region).min(1).max(40).optional(),
});
export type AthenaActivity = z.infer<typeof athenaActivity>;

export const lakeActivity = z.strictObject({ source: z.literal('lake'), eventDataStoreArn });
export type LakeActivity = z.infer<typeof lakeActivity>;

export const lookupActivity = z.strictObject({ source: z.literal('lookup') });

/** Where the activity of sessions is read from. */
export const activitySources = ['athena', 'lake', 'lookup', 'none'] as const;
export type ActivitySourceName = (typeof activitySources)[number];

/** What the functions are told of it. */
export const activityConfig = z.discriminatedUnion('source', [athenaActivity, lakeActivity, lookupActivity, z.strictObject({ source: z.literal('none') })]);
export type ActivityConfig = z.infer<typeof activityConfig>;

/** Minutes after the end of the last credentials at which is collected, each later than the one before. */
export const collectAfterMinutes = z
  .array(z.int().min(5).max(43_200))
  .min(1)
  .max(5)
  .refine((minutes) => minutes.every((one, i) => i === 0 || one > (minutes[i - 1] ?? 0)), 'each is later than the one before');
