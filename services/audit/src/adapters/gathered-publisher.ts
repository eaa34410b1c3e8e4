import type { Publisher, PublishResult } from '@team/runtime';

type Events = Parameters<Publisher['publish']>[0];

/** What waits to be published together, and who waits for it. */
interface Waiting {
  readonly events: Events;
  readonly settle: (result: PublishResult) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Publishes together what comes while a call is under way: the first goes at once, the others with the next call. For one invocation: whoever
 * waits, waits for the calls before, and those of an invocation that was killed may never be answered.
 */
export function gathered(publisher: Publisher): Publisher {
  let waiting: Waiting[] = [];
  let sending = false;

  async function send(): Promise<void> {
    sending = true;
    while (waiting.length > 0) {
      const together = waiting;
      waiting = [];
      try {
        const { published, refused } = await publisher.publish(together.flatMap(({ events }) => events));
        for (const { events, settle } of together) {
          const ids = new Set(events.map(({ eventId }) => eventId));
          settle({ published: published.filter((id) => ids.has(id)), refused: refused.filter(({ eventId }) => ids.has(eventId)) });
        }
      } catch (error) {
        for (const { fail } of together) fail(error);
      }
    }
    sending = false;
  }

  return {
    publish: (events) =>
      new Promise((settle, fail) => {
        waiting.push({ events, settle, fail });
        if (!sending) void send();
      }),
  };
}
