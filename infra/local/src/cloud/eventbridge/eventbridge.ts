import * as z from 'zod';
import { checkedInput } from '../input.ts';
import type { JsonObject } from '../json.ts';
import { notImplemented } from '../not-implemented.ts';
import type { Random } from '../random.ts';
import type { SqsStandIn } from '../sqs/sqs.ts';
import type { StandIn } from '../stand-in.ts';
import type { Store } from '../store.ts';
import type { Timeline } from '../timeline.ts';
import { Archives, type ArchivedEvent } from './archives.ts';
import { Deliveries, type DeliveryFaults } from './delivery.ts';
import { putEntry, type EntryFault } from './event.ts';
import { defaultMaxRequestBytes, putEvents, takeEntry, type Publishing } from './put-events.ts';
import { ruleActions } from './rule-actions.ts';
import { Rules, type Bus } from './rules.ts';

export interface EventBridgeOptions {
  readonly store: Store;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly accountId: string;
  readonly region: string;
  readonly queues: SqsStandIn;
  readonly faults?: DeliveryFaults;
  /** 256 KiB by default. */
  readonly maxRequestBytes?: number;
}

/** An entry as the SDK's PutEvents takes it, and, where it matters, the account that it claims to come from. */
export type UncheckedEntry = Omit<z.input<typeof putEntry>, 'Time'> & { readonly Time?: Date | undefined; readonly accountId?: string };

export interface EventBridgeStandIn extends StandIn {
  /** Puts an entry past whatever judges calls, as somebody would who got around it: what the services then do must not rely on it. */
  injectUnchecked(entry: UncheckedEntry): { readonly EventId: string } | EntryFault;
  /** Up to `max` events of an archive from sequence number `from` (1 is the first) on, in the order in which the bus took them. */
  archived(archiveName: string, from?: number, max?: number): ArchivedEvent[];
  /** How many deliveries are under way or wait for their next attempt. */
  readonly pendingDeliveries: number;
}

const busInput = z.object({ Name: z.string().regex(/^[/.\-_A-Za-z0-9]{1,256}$/) });
const describeBusInput = z.object({ Name: z.string().optional() });
const archiveName = z.string().regex(/^[.\-_A-Za-z0-9]{1,48}$/);
const createArchiveInput = z.object({
  ArchiveName: archiveName,
  EventSourceArn: z.string(),
  EventPattern: z.string().optional(),
  Description: z.string().max(512).optional(),
  RetentionDays: z.number().int().min(0).default(0),
});

/**
 * EventBridge: buses, rules with the whole pattern grammar, SQS targets, archives. No schedules, replays, pipes or other targets.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-what-is.html
 */
export function eventBridge(options: EventBridgeOptions): EventBridgeStandIn {
  const { store, timeline, accountId, region } = options;
  const rules = new Rules(store, { accountId, region, nowMs: timeline.now() });
  const archives = new Archives(store);
  const deliveries = new Deliveries(options);
  const maxRequestBytes = options.maxRequestBytes ?? defaultMaxRequestBytes;
  const publishing: Publishing = { ...options, rules, archives, deliveries, maxRequestBytes };
  const archiveArn = (name: string): string => `arn:aws:events:${region}:${accountId}:archive/${name}`;

  const actions: Readonly<Record<string, (input: JsonObject) => JsonObject>> = {
    CreateEventBus(input) {
      const { Name } = checkedInput(busInput, input);
      return { EventBusArn: rules.createBus(Name, timeline.now()).arn };
    },
    DescribeEventBus(input) {
      return describeBus(rules.bus(checkedInput(describeBusInput, input).Name));
    },
    DeleteEventBus(input) {
      rules.deleteBus(checkedInput(busInput, input).Name);
      return {};
    },
    ListEventBuses() {
      return { EventBuses: rules.buses().map(describeBus) };
    },
    CreateArchive(input) {
      const given = checkedInput(createArchiveInput, input);
      archives.create({
        name: given.ArchiveName,
        busArn: rules.bus(given.EventSourceArn).arn,
        ...(given.EventPattern !== undefined && { pattern: given.EventPattern }),
        ...(given.Description !== undefined && { description: given.Description }),
        retentionDays: given.RetentionDays,
        createdMs: timeline.now(),
      });
      return { ArchiveArn: archiveArn(given.ArchiveName), State: 'ENABLED', CreationTime: timeline.now() / 1_000 };
    },
    DeleteArchive(input) {
      archives.delete(checkedInput(z.object({ ArchiveName: archiveName }), input).ArchiveName);
      return {};
    },
    DescribeArchive(input) {
      const archive = archives.get(checkedInput(z.object({ ArchiveName: archiveName }), input).ArchiveName);
      const size = archives.size(archive.name);
      return {
        ArchiveArn: archiveArn(archive.name),
        ArchiveName: archive.name,
        EventSourceArn: archive.busArn,
        EventPattern: archive.pattern,
        Description: archive.description,
        State: 'ENABLED',
        RetentionDays: archive.retentionDays,
        SizeBytes: size.bytes,
        EventCount: size.events,
        CreationTime: archive.createdMs / 1_000,
      };
    },
  };

  return {
    target: 'AWSEvents',
    handle(call) {
      if (call.action === 'PutEvents') return putEvents(publishing, call);
      if (Object.hasOwn(actions, call.action)) return actions[call.action]?.(call.input) ?? {};
      if (Object.hasOwn(ruleActions, call.action)) return ruleActions[call.action]?.(rules, call.input) ?? {};
      return notImplemented('EventBridge', call.action);
    },
    injectUnchecked({ accountId: claimed, Time, ...entry }) {
      const parsed = putEntry.parse({ ...entry, Time: Time === undefined ? undefined : Time.getTime() / 1_000 });
      const result = takeEntry(publishing, parsed, claimed ?? accountId);
      store.commit();
      return result;
    },
    archived: (name, from = 1, max = Number.POSITIVE_INFINITY) => archives.read(name, from, max),
    get pendingDeliveries() {
      return deliveries.size;
    },
  };
}

function describeBus({ name, arn, createdMs }: Bus): JsonObject {
  return { Name: name, Arn: arn, CreationTime: createdMs / 1_000 };
}
