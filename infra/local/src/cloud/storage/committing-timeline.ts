import type { Store } from '../store.ts';
import type { Timeline } from '../timeline.ts';

/** The timeline to give to stand-ins: what a timer's callback changed is committed as one line, like what a call changed. */
export function committingTimeline(timeline: Timeline, store: Store): Timeline {
  return {
    now: () => timeline.now(),
    at: (dueMs, callback, options) =>
      timeline.at(
        dueMs,
        () => {
          try {
            callback();
          } finally {
            store.commit();
          }
        },
        options,
      ),
  };
}
