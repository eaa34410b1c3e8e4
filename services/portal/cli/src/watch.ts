import type { RecordedEvent } from '../../story/src/recorded-event.ts';
import type { Context } from './context.ts';

/** How often the trail is asked for news (ms). */
export const pollEveryMs = 250;

/** How long an answer to what was put on the bus is waited for (ms of this machine's). It comes within a second unless something is down. */
export const answerWithinMs = 15_000;

/**
 * The events of a request as they come, until none has come for `withinMs`; for ever without it.
 * `after`: where to begin, `next` of what is known already.
 */
export async function* watchRequest(
  { trail, pause }: Pick<Context, 'trail' | 'pause'>,
  requestId: string,
  { after, withinMs = Infinity }: { readonly after?: string | undefined; readonly withinMs?: number } = {},
): AsyncGenerator<RecordedEvent> {
  let cursor = after;
  for (let waited = 0; ; ) {
    const { events, next } = await trail.events({ requestId, after: cursor });
    cursor = next ?? cursor;
    yield* events;
    if (events.length > 0) {
      waited = 0;
      continue;
    }
    if (waited >= withinMs) return;
    await pause(pollEveryMs);
    waited += pollEveryMs;
  }
}
