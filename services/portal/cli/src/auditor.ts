import type { RequestsAnswer, RequestsQuestion } from '@team/contracts';
import type { Output } from './context.ts';
import type { Timekeeper } from './timestamp.ts';

/** Who has questions about requests, wherever they are answered. */
export interface Auditor extends Output, Timekeeper {
  /** Aborted when the person has had enough. */
  readonly signal: AbortSignal;
  /** Throws `Failure` where it is not answered. */
  ask(question: RequestsQuestion): Promise<RequestsAnswer>;
}
