import type { ActivityAnswer, RequestsAnswer } from '@team/contracts';
import { QuestionError, type MinuteHandler } from '@team/runtime';
import { parseAuditQuery } from './adapters/query-input.ts';
import { listEvents } from './application/list-events.ts';
import type { Answering } from './application/ports.ts';
import { verifyTrail } from './application/verify-trail.ts';
import { composeCalls } from './compose-calls.ts';
import { composeCheckpoints, type CheckpointPlatform } from './compose-checkpoints.ts';
import { composeQuestions } from './compose-questions.ts';
import { openTrail, reading, type TrailParts } from './compose-trail.ts';
import type { ArchiveAnswer, EventsAnswer, ObjectAnswer, VerifyAnswer } from './domain/query.ts';

/** What answering and signing run on; neither puts anything on the bus or on a queue. */
export type AnswersPlatform = CheckpointPlatform;

export interface AnswersHandlers {
  /** Answers questions about the trail, its archive, session activity and requests; see `Query` and `RequestsQuestion` for what may be asked. */
  readonly query: (input: unknown) => Promise<EventsAnswer | VerifyAnswer | ArchiveAnswer | ObjectAnswer | ActivityAnswer | RequestsAnswer | undefined>;
  /** Signs what happened in each hour that is over. */
  readonly checkpoint: MinuteHandler;
}

/** What asks, signs and archives, without what records: those functions start in less. */
export function composeAnswers(platform: AnswersPlatform, parts: Partial<TrailParts> = {}): AnswersHandlers {
  const { appendable, readable } = openTrail(platform, parts);
  const checkpoints = composeCheckpoints(platform, { ...readable, ...appendable }, reading);
  const answering: Answering = { trail: readable, reading, clock: platform.clock, finalError: (code, message) => new QuestionError(code, message) };
  const questions = composeQuestions(platform);
  const listCalls = composeCalls(platform);
  return {
    checkpoint: checkpoints.checkpoint,
    async query(input) {
      if (questions.isAbout(input)) return questions.answer(input);
      const asked = parseAuditQuery(input);
      switch (asked.op) {
        case 'events':
          return listEvents(answering, asked);
        case 'verify':
          return verifyTrail(answering, checkpoints.checking, asked);
        case 'archive':
          return checkpoints.archive(asked);
        case 'object':
          return checkpoints.object(asked);
        case 'activity':
          return listCalls(asked);
      }
    },
  };
}
