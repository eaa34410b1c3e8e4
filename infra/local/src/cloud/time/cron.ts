import type { Timeline, Timer } from '../timeline.ts';

export interface Cron {
  /**
   * Calls `callback` at each full minute of the timeline, with that minute in milliseconds, until cancelled. Minutes that
   * passed while the process was down are not made up for, as EventBridge does not make up for missed schedules either;
   * a sweep therefore looks for everything overdue.
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html
   */
  everyMinute(name: string, callback: (minuteMs: number) => void): Timer;
  readonly names: readonly string[];
}

const minuteMs = 60_000;

export function createCron(timeline: Timeline): Cron {
  const running = new Set<string>();
  return {
    everyMinute(name, callback) {
      if (running.has(name)) throw new Error(`A schedule named "${name}" exists already.`);
      running.add(name);
      let timer = arm(nextMinute(timeline.now()));

      function arm(dueMs: number): Timer {
        return timeline.at(
          dueMs,
          () => {
            timer = arm(nextMinute(Math.max(dueMs, timeline.now())));
            callback(dueMs);
          },
          { background: true },
        );
      }
      return {
        cancel() {
          running.delete(name);
          timer.cancel();
        },
      };
    },
    get names() {
      return [...running];
    },
  };
}

function nextMinute(ms: number): number {
  return (Math.floor(ms / minuteMs) + 1) * minuteMs;
}
