import * as z from 'zod';

/** An event as the audit service answers with it. */
export const recordedEvent = z.looseObject({
  /** Of one request, or of one source and day. */
  chain: z.string(),
  /** Place in the chain; absent for a few moments after it came. */
  seq: z.int().optional(),
  recordedAt: z.string(),
  /** When it was put on the bus. Absent, like `detail`, where somebody changed what was recorded into no event at all. */
  time: z.string().optional(),
  source: z.string(),
  detailType: z.string(),
  account: z.string(),
  eventId: z.string(),
  detail: z.record(z.string(), z.unknown()).optional(),
});
/** An event as the audit service recorded it. */
export type RecordedEvent = z.infer<typeof recordedEvent>;
