import type { ScheduledEvent } from 'aws-lambda';
import { randomUuid } from '../cloud/random-sources.ts';
import type { Cron } from '../cloud/time/cron.ts';
import type { Timer } from '../cloud/timeline.ts';
import { invoke, type FunctionOptions } from './invoke.ts';

export interface ScheduledFunctionOptions extends FunctionOptions<ScheduledEvent, unknown> {
  readonly cron: Cron;
  /** Told of an invocation that failed; the next comes at the next minute all the same. */
  readonly onFailure: (failure: { readonly functionName: string; readonly error: unknown }) => void;
}

/**
 * Invokes a function at each full minute with the event of an EventBridge schedule. Invocations may overlap, as on AWS.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
 */
export function scheduledFunction(options: ScheduledFunctionOptions): Timer {
  const { cron, functionName, accountId, region, random, onFailure } = options;
  return cron.everyMinute(functionName, (minuteMs) => {
    const event: ScheduledEvent = {
      version: '0',
      id: randomUuid(random),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: accountId,
      time: `${new Date(minuteMs).toISOString().slice(0, 19)}Z`,
      region,
      resources: [`arn:aws:events:${region}:${accountId}:rule/${functionName}`],
      detail: {},
    };
    invoke(options, event).catch((error: unknown) => onFailure({ functionName, error }));
  });
}
