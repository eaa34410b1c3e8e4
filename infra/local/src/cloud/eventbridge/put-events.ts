import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { checkedInput } from '../input.ts';
import type { JsonObject } from '../json.ts';
import { randomUuid } from '../random-sources.ts';
import type { Random } from '../random.ts';
import type { Call } from '../stand-in.ts';
import type { Timeline } from '../timeline.ts';
import type { Archives } from './archives.ts';
import type { Deliveries } from './delivery.ts';
import { detailOf, eventTime, faultOf, putEntry, sizeOfEntry, type BusEvent, type EntryFault, type PutEntry } from './event.ts';
import type { Bus, Rules } from './rules.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const putEventsInput = z.object({ Entries: z.array(putEntry).min(1).max(10) });

/** The documented limit of a request's entries together. */
export const defaultMaxRequestBytes = 256 * 1024;

export interface Publishing {
  readonly rules: Rules;
  readonly archives: Archives;
  readonly deliveries: Deliveries;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly region: string;
  readonly maxRequestBytes: number;
}

/** Checks the whole request first, then takes each entry by itself: a refused one is said so inside the 200. */
export function putEvents(publishing: Publishing, { input, caller }: Call): JsonObject {
  const { Entries } = checkedInput(putEventsInput, input);
  const size = Entries.reduce((sum, entry) => sum + sizeOfEntry(entry), 0);
  if (size > publishing.maxRequestBytes) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const results = Entries.map((entry) => takeEntry(publishing, entry, caller.accountId));
  return {
    FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
    Entries: results.map((result) => ({ ...result })),
  };
}

/** Puts one entry on its bus: archived, and on its way to every target of every rule that matches. */
export function takeEntry(publishing: Publishing, entry: PutEntry, accountId: string): { readonly EventId: string } | EntryFault {
  const fault = faultOf(entry);
  if (fault !== undefined) return fault;
  const bus = publishing.rules.findBus(entry.EventBusName);
  if (bus === undefined) return { ErrorCode: 'InvalidArgument', ErrorMessage: `Event bus ${entry.EventBusName} does not exist.` };
  const event = eventOf(publishing, entry, accountId);
  publish(publishing, bus, event, entry.TraceHeader);
  return { EventId: event.id };
}

function eventOf({ timeline, random, region }: Publishing, entry: PutEntry, accountId: string): BusEvent {
  return {
    version: '0',
    id: randomUuid(random),
    'detail-type': entry.DetailType ?? '',
    source: entry.Source ?? '',
    account: accountId,
    time: eventTime(entry.Time === undefined ? timeline.now() : entry.Time * 1_000),
    region,
    resources: entry.Resources,
    detail: detailOf(entry) ?? {},
  };
}

function publish({ rules, archives, deliveries, timeline }: Publishing, bus: Bus, event: BusEvent, traceHeader: string | undefined): void {
  archives.append(bus, event, timeline.now());
  for (const rule of rules.rulesOf(bus)) {
    if (rule.enabled && rules.matches(rule)(event)) deliveries.start(event, rule, traceHeader);
  }
}
