import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import type { Services } from './ports.ts';

/** How far clocks may be apart, and how long something may be on its way (ms). */
export const earlierMs = 2_000;

/** What the trail has of a short time. */
export interface RecordedSince {
  readonly events: readonly RecordedEvent[];
  /** The trail goes on: more may have been said. */
  readonly goesOn: boolean;
}

/** What was recorded since a moment (ms since the epoch), in so many pages at most: nobody is to read the trail of a month for one answer. */
export async function recordedSince(audit: Services['audit'], moment: number, mostPages: number): Promise<RecordedSince> {
  const events: RecordedEvent[] = [];
  let from: { readonly since: string } | { readonly after: string } | undefined = { since: new Date(Math.max(0, moment)).toISOString() };
  for (let pages = 0; from !== undefined && pages < mostPages; pages += 1) {
    const page = await audit.recorded(from);
    events.push(...page.events);
    from = page.events.length === 0 || page.next === undefined ? undefined : { after: page.next };
  }
  return { events, goesOn: from !== undefined };
}
