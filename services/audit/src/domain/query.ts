import type { Problem } from './problems.ts';

/** What may be asked: to list events, that the trail verify itself, to hand out its archive, and what was done under a grant. */
export type Query = EventsQuery | VerifyQuery | ArchiveQuery | ObjectQuery | ActivityQuery;

export interface EventsQuery {
  readonly op: 'events';
  /** The events of one request, in the order of its chain; without it all events, in the order in which they came. */
  readonly requestId?: string | undefined;
  /** `next` of an earlier answer. */
  readonly after?: string | undefined;
  /** Without `requestId` and `after`: where to begin, ISO 8601 UTC; a day ago if it is not given. */
  readonly since?: string | undefined;
  /** So many events at most. */
  readonly limit: number;
}

export interface VerifyQuery {
  readonly op: 'verify';
  /** One request's chain; without it the whole trail, part by part. */
  readonly requestId?: string | undefined;
  /** Without `requestId`: the checkpoints of the hours from this moment to that one alone, and the chains that they list; ISO 8601 UTC. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** `next` of an earlier answer. */
  readonly after?: string | undefined;
}

/** What is in the archive, of all hours or of those from a moment to another. */
export interface ArchiveQuery {
  readonly op: 'archive';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** `next` of an earlier answer. */
  readonly after?: string | undefined;
}

/** A piece of an object of the archive. */
export interface ObjectQuery {
  readonly op: 'object';
  readonly key: string;
  /** Where the piece begins, in bytes. */
  readonly offset: number;
}

export interface ArchiveAnswer {
  readonly objects: readonly { readonly key: string; readonly bytes: number }[];
  /** There is more: ask again with this as `after`. */
  readonly next?: string;
}

export interface ObjectAnswer {
  readonly base64: string;
  /** Bytes of the whole object. */
  readonly total: number;
}

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
  /** Checkpoints looked at. */
  readonly checkpoints: number;
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

/** What was done under a grant. */
export interface ActivityQuery {
  readonly op: 'activity';
  readonly grantId: string;
  /** `next` of an earlier answer. */
  readonly after?: string | undefined;
  /** So many calls at most. */
  readonly limit: number;
}
