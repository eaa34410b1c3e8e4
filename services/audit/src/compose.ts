import { composeAnswers, type AnswersHandlers, type AnswersPlatform } from './compose-answers.ts';
import { composeRecording, type AuditParts, type RecordingHandlers, type RecordingPlatform } from './compose-recording.ts';

export { activityScheduleOf, activitySourceOf } from './compose-activity.ts';
export { usualParts, type AuditParts } from './compose-recording.ts';

/** What the whole service runs on. */
export interface AuditPlatform extends RecordingPlatform {
  readonly clients: RecordingPlatform['clients'] & AnswersPlatform['clients'];
}

export interface AuditHandlers extends RecordingHandlers, AnswersHandlers {}

/** The audit service on a platform. `parts` take the place of the usual ones, so that a test can see what one that errs would do. */
export function compose(platform: AuditPlatform, parts: Partial<AuditParts> = {}): AuditHandlers {
  return { ...composeRecording(platform, parts), ...composeAnswers(platform, parts) };
}
