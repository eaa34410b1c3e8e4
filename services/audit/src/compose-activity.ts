import type { AthenaClient } from '@aws-sdk/client-athena';
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { accessEndedV1, accessGrantedV1, accessWindowOpenedV1 } from '@team/contracts';
import { isOutage, route, tableOf, TeamError, type ActivityConfig, type KitPlatform, type ServiceKit, type SqsHandler } from '@team/runtime';
import { athenaSource } from './adapters/activity/athena-source.ts';
import { createDetailsTable } from './adapters/activity/details-table.ts';
import { lakeSource } from './adapters/activity/lake-source.ts';
import { lookupSource, type Sight } from './adapters/activity/lookup-source.ts';
import { collectActivity } from './application/activity/collect.ts';
import { onAccessEnded, onAccessGranted, onAccessWindowOpened } from './application/activity/on-grant-facts.ts';
import type { ActivitySource } from './application/ports.ts';
import { decide, type Command } from './domain/activity/decide.ts';
import { evolve } from './domain/activity/evolve.ts';
import { dueAt, usualSchedule, type Schedule } from './domain/activity/schedule.ts';
import type { ActivityState, Why } from './domain/activity/state.ts';

/** What collecting runs on, beside what the service does. */
export interface ActivityPlatform extends KitPlatform {
  /** When is collected. Absent: nothing is, and grants are noted all the same. */
  readonly activitySchedule?: Schedule | undefined;
  /** Where from; only the function that collects needs it. */
  readonly activitySource?: ActivitySource | undefined;
}

export interface ActivityHandlers {
  readonly grants: SqsHandler;
  /** What is due, by the kind of aggregate. */
  readonly timers: Readonly<Record<'activity', (key: string) => Promise<void>>>;
}

/** Session activity on a platform. */
export function composeActivity(kit: ServiceKit, platform: ActivityPlatform): ActivityHandlers {
  const { clients, config, clock, logger, activitySource: source, activitySchedule: schedule = { collectAfterMinutes: [] } } = platform;
  const grants = kit.aggregate('activity', {
    decide: (state: ActivityState | undefined, command: Command, now: number) => decide(state, command, now, schedule),
    evolve,
    dueAt: (state: ActivityState) => dueAt(state, schedule),
  });
  const details = createDetailsTable(clients.documents, tableOf(config, 'activity-details'));
  const collect = source === undefined ? async () => undefined : collectActivity({ grants, source, details, schedule, clock, log: logger, explain });
  return {
    grants: kit.events('grants', [
      route(accessWindowOpenedV1, onAccessWindowOpened(grants)),
      route(accessGrantedV1, onAccessGranted(grants)),
      route(accessEndedV1, onAccessEnded(grants)),
    ]),
    timers: { activity: collect },
  };
}

/** Clients of the sources; each is made only where its source is chosen. */
export interface SourceClients {
  readonly athena: () => AthenaClient;
  readonly cloudTrail: () => CloudTrailClient;
  /** What LookupEvents shows here. */
  readonly sees: Sight;
  readonly wait: (ms: number) => Promise<void>;
  readonly clock: () => number;
}

/** When a deployment collects; undefined where it has no source. */
export function activityScheduleOf(config: ActivityConfig | undefined, collectAfterMinutes: readonly number[] | undefined): Schedule | undefined {
  if (config === undefined || config.source === 'none') return undefined;
  return collectAfterMinutes === undefined ? usualSchedule : { collectAfterMinutes };
}

/** The source that a deployment chose; undefined where it chose none. */
export function activitySourceOf(config: ActivityConfig | undefined, { athena, cloudTrail, sees, wait, clock }: SourceClients): ActivitySource | undefined {
  switch (config?.source) {
    case 'athena':
      return athenaSource(athena(), config);
    case 'lake':
      return lakeSource(cloudTrail(), config);
    case 'lookup':
      return lookupSource(cloudTrail(), sees, wait, clock);
    default:
      return undefined;
  }
}

/** A reason out of whatever a source rejects with. AWS's own messages may be long, and are cut. */
function explain(error: unknown): Why {
  const message = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
  if (error instanceof TeamError) return { code: error.code, message: error.message.slice(0, 500) };
  return { code: isOutage(error) ? 'ERR_ACTIVITY_SOURCE_DOWN' : 'ERR_ACTIVITY_UNREADABLE', message };
}
