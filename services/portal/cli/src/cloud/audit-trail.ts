import { activityAnswer, type ActivityCall } from '@team/contracts';
import * as z from 'zod';
import { recordedEvent, type RecordedEvent } from '../../../story/src/recorded-event.ts';
import { askFunction } from './ask-function.ts';
import type { Connection } from './connection.ts';

const eventsAnswer = z.object({ events: z.array(recordedEvent), next: z.string().optional() });
export type EventsAnswer = z.infer<typeof eventsAnswer>;

const problem = z.object({ chain: z.string(), seq: z.number().optional(), kind: z.string(), message: z.string() });
const verifyAnswer = z.object({
  checkpoints: z.int(),
  chains: z.int(),
  records: z.int(),
  /** On their way into their chain. */
  waiting: z.int(),
  problems: z.array(problem),
  /** Problems found beyond those listed. */
  omitted: z.int(),
  next: z.string().optional(),
});
/** What verifying the trail, or one request's part of it, found. */
export type Verification = Omit<z.infer<typeof verifyAnswer>, 'next'>;

export interface EventsQuestion {
  readonly requestId?: string | undefined;
  /** `next` of an earlier answer. */
  readonly after?: string | undefined;
  /** ISO 8601. */
  readonly since?: string | undefined;
  readonly limit?: number | undefined;
}

/** The audit trail, as the audit service answers questions about it. */
export interface AuditTrail {
  /** A page of events, in the order in which they came; an answer without events means that there is nothing more yet. */
  events(question: EventsQuestion): Promise<EventsAnswer>;
  /** All events of a request so far; `next` is where later ones begin. */
  ofRequest(requestId: string): Promise<EventsAnswer>;
  /** Verifies one request's chain; the checkpoints of some hours (ISO 8601 UTC) with the chains that they list; or everything. */
  verify(what?: { readonly requestId?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined }): Promise<Verification>;
  /** The calls that are kept of a grant, in the order of their times, page by page. */
  activity(grantId: string): AsyncIterable<readonly ActivityCall[]>;
}

const pageSize = 200;
const callsAtOnce = 500;

/** The trail over a connection. */
export function createAuditTrail(connection: Connection): AuditTrail {
  const ask = <Answer>(question: object, shape: z.ZodType<Answer>): Promise<Answer> => askFunction(connection, 'audit', question, shape);

  const events: AuditTrail['events'] = (question) => ask({ op: 'events', limit: pageSize, ...question }, eventsAnswer);

  return {
    events,
    async ofRequest(requestId) {
      const all: RecordedEvent[] = [];
      for (let after: string | undefined; ; ) {
        const page = await events({ requestId, after });
        all.push(...page.events);
        if (page.events.length === 0 || page.next === undefined) return { ...page, events: all };
        after = page.next;
      }
    },
    async verify(what = {}) {
      const { next, ...first } = await ask({ op: 'verify', ...what }, verifyAnswer);
      let total: Verification = first;
      for (let after = next; after !== undefined; ) {
        const { next: further, ...part } = await ask({ op: 'verify', ...what, after }, verifyAnswer);
        total = sumOf(total, part);
        after = further;
      }
      return total;
    },
    async *activity(grantId) {
      for (let after: string | undefined; ; ) {
        const { calls, next } = await ask({ op: 'activity', grantId, after, limit: callsAtOnce }, activityAnswer);
        yield calls;
        if (next === undefined) return;
        after = next;
      }
    },
  };
}

function sumOf(one: Verification, other: Verification): Verification {
  return {
    checkpoints: one.checkpoints + other.checkpoints,
    chains: one.chains + other.chains,
    records: one.records + other.records,
    waiting: one.waiting + other.waiting,
    problems: [...one.problems, ...other.problems],
    omitted: one.omitted + other.omitted,
  };
}
