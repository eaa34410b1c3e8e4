import type { DurableMap, Store } from '../store.ts';
import type { Timeline } from '../timeline.ts';

/** A message that was accepted, as its twins are answered. */
export interface Accepted {
  readonly id: string;
  readonly sequence: number;
}

interface Remembered extends Accepted {
  readonly untilMs: number;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html */
const intervalMs = 5 * 60_000;

/** Deduplication ids of FIFO queues, each remembered for five minutes after its message, whatever became of that. */
export class Deduplication {
  readonly #timeline: Timeline;
  readonly #remembered: DurableMap<Remembered>;

  constructor(store: Store, timeline: Timeline) {
    this.#timeline = timeline;
    this.#remembered = store.map<Remembered>('sqs/deduplication');
    for (const [key, { untilMs }] of this.#remembered.entries()) this.#forgetAt(key, untilMs);
  }

  find(key: string): Accepted | undefined {
    const found = this.#remembered.get(key);
    return found !== undefined && found.untilMs > this.#timeline.now() ? found : undefined;
  }

  remember(key: string, { id, sequence }: Accepted): void {
    const untilMs = this.#timeline.now() + intervalMs;
    this.#remembered.set(key, { id, sequence, untilMs });
    this.#forgetAt(key, untilMs);
  }

  #forgetAt(key: string, untilMs: number): void {
    const forget = (): void => {
      if (this.find(key) === undefined) this.#remembered.delete(key);
    };
    this.#timeline.at(untilMs, forget, { background: true });
  }
}
