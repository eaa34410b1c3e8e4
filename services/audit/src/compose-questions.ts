import { requestsQuestion, type RequestsAnswer } from '@team/contracts';
import { digestOf, parseQuery, tableOf, QuestionError } from '@team/runtime';
import { createRequestIndex } from './adapters/request-index.ts';
import { answerRequests } from './application/questions/answer-requests.ts';
import type { TrailPlatform } from './compose-trail.ts';

/** Ops of the function `query` that are about requests, not about the trail. */
const ops: ReadonlySet<unknown> = new Set(requestsQuestion.options.map(({ shape }) => shape.op.value));

export interface QuestionHandlers {
  isAbout(input: unknown): boolean;
  /** Throws a `QuestionError`: `ERR_QUERY_INVALID`, `ERR_CURSOR_INVALID`. */
  answer(input: unknown): Promise<RequestsAnswer>;
}

/** What answers questions about requests. */
export function composeQuestions({ clients, config, clock }: TrailPlatform): QuestionHandlers {
  const index = createRequestIndex(clients.documents, { lifecycles: tableOf(config, 'lifecycles'), terms: tableOf(config, 'terms') });
  const answer = answerRequests({ index, digest: digestOf, clock, finalError: (code, message) => new QuestionError(code, message) });
  return {
    isAbout: (input) => typeof input === 'object' && input !== null && 'op' in input && ops.has(input.op),
    answer: async (input) => answer(parseQuery(requestsQuestion, input, 'about requests')),
  };
}
