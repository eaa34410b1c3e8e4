import type { RequestsAnswer } from '@team/contracts';
import { TeamError, type MinuteHandler } from '@team/runtime';
import { parseAuditQuery } from './adapters/query-input.ts';
import { listEvents } from './application/list-events.ts';
import type { Answering } from './application/ports.ts';
import { verifyTrail } from './application/verify-trail.ts';
import { composeCalls } from './compose-activity.ts';
import { composeCheckpoints, type CheckpointPlatform } from './compose-checkpoints.ts';
import { composeQuestions } from './compose-questions.ts';
import { composeRecording, openTrail, reading, type AuditParts, type RecordingHandlers, type RecordingPlatform } from './compose-recording.ts';
import type { ActivityAnswer, ArchiveAnswer, EventsAnswer, ObjectAnswer, VerifyAnswer } from './domain/query.ts';

export { activityScheduleOf, activitySourceOf } from './compose-activity.ts';
export { usualParts, type AuditParts } from './compose-recording.ts';

/** What the whole service runs on. */
export interface AuditPlatform extends RecordingPlatform {
  readonly clients: RecordingPlatform['clients'] & CheckpointPlatform['clients'];
}

export interface AuditHandlers extends RecordingHandlers {
  /** Answers questions about the trail, its archive, session activity and requests; see `Query` and `RequestsQuestion` for what may be asked. */
  readonly query: (input: unknown) => Promise<EventsAnswer | VerifyAnswer | ArchiveAnswer | ObjectAnswer | ActivityAnswer | RequestsAnswer | undefined>;
  /** Signs what happened in each hour that is over. */
  readonly checkpoint: MinuteHandler;
}

/** The audit service on a platform. `parts` take the place of the usual ones, so that a test can see what one that errs would do. */
export function compose(platform: AuditPlatform, parts: Partial<AuditParts> = {}): AuditHandlers {
  const { clock } = platform;
  const { appendable, readable } = openTrail(platform, parts);
  const checkpoints = composeCheckpoints(platform, { ...readable, ...appendable }, reading);
  const answering: Answering = { trail: readable, reading, clock, finalError: (code, message) => new TeamError(code, message) };
  const questions = composeQuestions(platform);
  const listCalls = composeCalls(platform);
  return {
    ...composeRecording(platform, parts),
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
