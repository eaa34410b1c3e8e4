import type { Reason } from '@team/contracts';

/** What another service learns of a change a moment later (ms of this machine's). */
const learnsWithinMs = 3_000;
const early: ReadonlySet<string> = new Set(['ERR_NO_APPROVER_POLICY', 'ERR_NO_ELIGIBLE_APPROVER']);

/** The judge of who may ask hears of a new approver policy a moment after it is in force: what it refuses for that is submitted once more. */
export async function patiently<Answer extends { readonly outcome: string; readonly reasons: readonly Pick<Reason, 'code'>[] }>({ pause }: { readonly pause: (ms: number) => Promise<void> }, submit: () => Promise<Answer>): Promise<Answer> {
  const answer = await submit();
  if (answer.outcome !== 'refused' || answer.reasons.length === 0 || !answer.reasons.every(({ code }) => early.has(code))) return answer;
  await pause(learnsWithinMs);
  return submit();
}
