import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';

/** Something that somebody says on the bus. */
export interface Intent {
  readonly eventId: string;
  /** Access key id of who says it. */
  readonly caller: string;
  readonly detailType: string;
  /** Absent where it is so broken that nobody can answer it: it has to be kept as a dead letter. */
  readonly requestId?: string;
  /** Of an approval decision. */
  readonly decisionId?: string;
  readonly entry: PutEventsRequestEntry;
}

/** What was said, as those who said it know: the bus took it, or they got no answer and have to say it again. */
export class Ledger {
  readonly #acknowledged = new Map<string, Intent>();
  readonly #unanswered = new Map<string, Intent>();

  /** To be noted before the call: a process that is killed gives no answer. */
  said(intent: Intent): void {
    if (!this.#acknowledged.has(intent.eventId)) this.#unanswered.set(intent.eventId, intent);
  }

  /** The bus answered that it has it. From now on it must never be lost. */
  acknowledged(intent: Intent): void {
    this.#unanswered.delete(intent.eventId);
    this.#acknowledged.set(intent.eventId, intent);
  }

  get unanswered(): readonly Intent[] {
    return [...this.#unanswered.values()];
  }

  get taken(): readonly Intent[] {
    return [...this.#acknowledged.values()];
  }

  /** Requests that were asked for and acknowledged. */
  get requestIds(): ReadonlySet<string> {
    return new Set(this.taken.flatMap(({ detailType, requestId }) => (detailType === 'AccessRequested.v1' && requestId !== undefined ? [requestId] : [])));
  }
}
