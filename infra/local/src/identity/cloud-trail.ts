import * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';
import type { StandIn } from '../cloud/stand-in.ts';
import type { Store } from '../cloud/store.ts';
import type { Timeline } from '../cloud/timeline.ts';
import type { SessionWork } from './assigned-periods.ts';
import { perform, parseInput, type Action } from './input.ts';
import { createLakeQueries } from './lake-queries.ts';
import { pageOf, pageRequest } from './paging.ts';
import type { DeliveredRecord } from './session-work.ts';
import { tokenBucket } from './token-bucket.ts';

/** A management event as LookupEvents answers it; `EventTime` is in milliseconds since the epoch here, in seconds on the wire. */
export interface TrailEvent {
  readonly EventId: string;
  readonly EventName: string;
  readonly EventTime: number;
  readonly EventSource: string;
  readonly Username: string;
  readonly ReadOnly: 'true' | 'false';
  /** The whole record, JSON as text. */
  readonly CloudTrailEvent: string;
}

export interface CloudTrail extends StandIn {
  /** Something happened in an account; the trail shows it after the delivery delay. */
  record(event: TrailEvent): void;
  /** ARN of the event data store that a query is about. */
  storeOf(queryId: string): string | undefined;
}

export interface CloudTrailOptions {
  readonly store: Store;
  readonly timeline: Timeline;
  /**
   * CloudTrail delivers about 5 minutes after the call:
   * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
   */
  readonly deliveryDelayMs?: number;
  /** What people did, made up when it is asked for. */
  readonly work?: SessionWork;
}

const dayMs = 86_400_000;
const seconds = z.number().transform((value) => value * 1000);
const lookup = z.object({
  StartTime: seconds.optional(),
  EndTime: seconds.optional(),
  LookupAttributes: z.array(z.object({ AttributeKey: z.string(), AttributeValue: z.string() })).optional(),
  NextToken: pageRequest.NextToken,
  MaxResults: z.int().optional(),
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html: 90 days, two calls a second, newest first. */
export function createCloudTrail({ store, timeline, deliveryDelayMs = 300_000, work }: CloudTrailOptions): CloudTrail {
  const events = store.map<TrailEvent>('cloudtrail.events');
  const bucket = tokenBucket(2);

  const lookupEvents: Action = (call) => {
    const now = timeline.now();
    if (!bucket.take(now)) throw new AwsError('ThrottlingException', 'Rate exceeded');
    const input = parseInput(lookup, call, 'InvalidParameterCombinationException');
    const { StartTime: from = 0, EndTime: to = now, MaxResults = 50, LookupAttributes = [], NextToken } = input;
    if (from > to) throw new AwsError('InvalidTimeRangeException', 'StartTime is after EndTime');
    if (MaxResults < 1 || MaxResults > 50) throw new AwsError('InvalidMaxResultsException', 'MaxResults is from 1 to 50');
    const matches = attributeFilter(LookupAttributes);
    const userName = LookupAttributes.find(({ AttributeKey }) => AttributeKey === 'Username')?.AttributeValue;
    const recorded = [...events.values()].filter(({ EventTime }) => EventTime <= now - deliveryDelayMs);
    const found = [...recorded, ...(work?.deliveredBy(now, userName) ?? []).map(trailEventOf)]
      .filter(({ EventTime }) => EventTime >= Math.max(from, now - 90 * dayMs) && EventTime <= to)
      .filter(matches)
      .map((event): [string, TrailEvent] => [newestFirst(event), event]);
    const list = JSON.stringify([from, input.EndTime, LookupAttributes]);
    const { items, ...rest } = pageOf(found, { MaxResults, NextToken }, { list, size: 50, invalidToken: 'InvalidNextTokenException' });
    return { Events: items.map((event) => ({ ...event, EventTime: event.EventTime / 1000 })), ...rest };
  };
  const lake = createLakeQueries(store, timeline, work);
  const actions = new Map<string, Action>([['LookupEvents', lookupEvents], ...Object.entries(lake.actions)]);

  return {
    target: 'CloudTrail_20131101',
    handle: (call) => perform('CloudTrail', actions, call),
    record(event) {
      events.set(event.EventId, event);
      store.commit();
    },
    storeOf: lake.storeOf,
  };
}

/** A record as LookupEvents answers it. `Username` of an assumed role is the session's name. */
function trailEventOf({ at, record }: DeliveredRecord): TrailEvent {
  const { eventID: EventId, eventName: EventName, eventSource: EventSource, readOnly, userIdentity } = record;
  const Username = userIdentity.principalId.split(':')[1] ?? '';
  return { EventId, EventName, EventTime: at, EventSource, Username, ReadOnly: readOnly ? 'true' : 'false', CloudTrailEvent: JSON.stringify(record) };
}

const newestFirst = ({ EventTime, EventId }: TrailEvent): string =>
  `${String(Number.MAX_SAFE_INTEGER - EventTime).padStart(16, '0')} ${EventId}`;

/** One attribute at most: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupAttribute.html */
function attributeFilter(attributes: { AttributeKey: string; AttributeValue: string }[]): (event: TrailEvent) => boolean {
  const [attribute, ...more] = attributes;
  if (attribute === undefined) return () => true;
  const { AttributeKey: key, AttributeValue: value } = attribute;
  if (more.length > 0 || !isAttribute(key)) {
    throw new AwsError('InvalidLookupAttributesException', 'One attribute can be looked up, of those that the local cloud keeps');
  }
  return (event) => event[key] === value;
}

const attributeNames = ['EventId', 'EventName', 'EventSource', 'Username', 'ReadOnly'] as const;
const isAttribute = (name: string): name is (typeof attributeNames)[number] => attributeNames.some((known) => known === name);
