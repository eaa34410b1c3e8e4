import { timestamp, uuid } from '@team/contracts';
import { TeamError } from '@team/runtime';
import * as z from 'zod';
import type { Problem } from '../domain/problems.ts';

/** What the function `query` may be asked. */
export const query = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('events'),
    /** The events of one request, in the order of its chain; without it all events, in the order in which they came. */
    requestId: uuid.optional(),
    /** `next` of an earlier answer. */
    after: z.string().max(256).optional(),
    /** Without `requestId` and `after`: where to begin; a day ago if it is not given. */
    since: timestamp.optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  z.strictObject({
    op: z.literal('verify'),
    /** One request's chain; without it the whole trail, part by part. */
    requestId: uuid.optional(),
    /** `next` of an earlier answer. */
    after: z.string().max(2200).optional(),
  }),
]);
export type Query = z.infer<typeof query>;
export type EventsQuery = Extract<Query, { op: 'events' }>;
export type VerifyQuery = Extract<Query, { op: 'verify' }>;

/** One recorded event. */
export interface RecordedEvent {
  readonly chain: string;
  /** Place in the chain; absent for a few moments after it came. */
  readonly seq?: number;
  readonly hash?: string;
  readonly recordedAt: string;
  readonly source: string;
  readonly detailType: string;
  readonly account: string;
  readonly eventId: string;
  /** When it was put on the bus, as EventBridge says. Absent, like `detail`, where somebody changed the text into no event at all. */
  readonly time?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface EventsAnswer {
  readonly events: readonly RecordedEvent[];
  /** Ask with this as `after` for what comes then, now or later. No events in an answer: there is nothing more yet. */
  readonly next?: string;
}

export interface VerifyAnswer {
  readonly chains: number;
  readonly records: number;
  /** Records on their way into their chain: younger than a minute and without a place. */
  readonly waiting: number;
  readonly problems: readonly Problem[];
  /** Problems found beyond those listed. */
  readonly omitted: number;
  /** There is more to verify: ask again with this as `after`, and add up. */
  readonly next?: string;
}

/** The query in an input. Throws `ERR_QUERY_INVALID` that names every wrong field. */
export function parseQuery(input: unknown): Query {
  const result = query.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new TeamError('ERR_QUERY_INVALID', `not a query of the audit trail: ${fields}`);
}
