import { PutEventsCommand, type EventBridgeClient, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { OutgoingEvent } from './events.ts';

/** Which events the bus took, and which it did not. A refused event stays in its outbox. */
export interface PublishResult {
  readonly published: readonly string[];
  readonly refused: readonly { readonly eventId: string; readonly code: string; readonly message: string }[];
}

export interface Publisher {
  publish(events: readonly OutgoingEvent[]): Promise<PublishResult>;
}

const maxEntries = 10;
/** A call's entries together may have 256 KB ("Calculating PutEvents event entry size", EventBridge user guide); some is left for the envelope. */
const maxBytes = 240_000;

/** Publishes on one bus, as many calls as it takes, and reads each entry's answer: `PutEvents` says 200 with failures inside. */
export function createPublisher(client: EventBridgeClient, busName: string): Publisher {
  return {
    async publish(events) {
      const published: string[] = [];
      const refused: PublishResult['refused'][number][] = [];
      for (const batch of batches(events)) {
        const entries: PutEventsRequestEntry[] = batch.map((event) => ({
          EventBusName: busName,
          Source: event.source,
          DetailType: event.detailType,
          Detail: event.detail,
        }));
        try {
          const answer = await client.send(new PutEventsCommand({ Entries: entries }));
          batch.forEach((event, i) => {
            const entry = answer.Entries?.[i];
            if (entry?.EventId !== undefined && entry.ErrorCode === undefined) published.push(event.eventId);
            else refused.push({ eventId: event.eventId, code: entry?.ErrorCode ?? 'NoAnswer', message: entry?.ErrorMessage ?? 'no answer for this entry' });
          });
        } catch (error) {
          const { name, message } = error instanceof Error ? error : new Error(String(error));
          // One bad entry denies its whole call: alone, the others still get through.
          if (batch.length > 1 && name === 'AccessDeniedException') {
            const alone = await Promise.all(batch.map((event) => this.publish([event])));
            published.push(...alone.flatMap((result) => result.published));
            refused.push(...alone.flatMap((result) => result.refused));
          } else {
            refused.push(...batch.map((event) => ({ eventId: event.eventId, code: name, message })));
          }
        }
      }
      return { published, refused };
    },
  };
}

function batches(events: readonly OutgoingEvent[]): OutgoingEvent[][] {
  const result: OutgoingEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event.detail) + event.detailType.length + event.source.length;
    const current = result.at(-1);
    if (current === undefined || current.length === maxEntries || bytes + size > maxBytes) {
      result.push([event]);
      bytes = size;
    } else {
      current.push(event);
      bytes += size;
    }
  }
  return result;
}
