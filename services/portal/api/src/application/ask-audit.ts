import { TeamError } from '@team/runtime';
import type { AuditAnswer, AuditQuestion } from '../contract/index.ts';
import { requireReader } from './governing.ts';
import type { People, Services, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';

/** How a question is refused: by the function that was invoked, of whose errors the name alone comes back, or by the service itself. */
const refusals: ReadonlySet<string> = new Set(['ERR_QUESTION_REFUSED', 'ERR_CURSOR_INVALID']);

/**
 * A page of what the audit service answers to a question about requests.
 *
 * @throws ERR_AUDITORS_ONLY, ERR_CURSOR_INVALID
 */
export async function askAudit(question: AuditQuestion, person: SignedIn, { people, services }: { readonly people: People; readonly services: Pick<Services, 'audit'> }): Promise<AuditAnswer> {
  await requireReader(person, { people });
  try {
    return await services.audit.answer(question);
  } catch (error) {
    // It has the shape that the service takes, so all that can be refused of it is the place where it is to go on.
    const isRefused = question.after !== undefined && error instanceof TeamError && refusals.has(error.code);
    if (isRefused) throw new Refusal('invalid', 'ERR_CURSOR_INVALID', 'this is no place at which the answer to this question goes on; ask without "after", from the beginning');
    throw error;
  }
}
