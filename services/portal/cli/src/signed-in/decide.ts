import type { Decision, RequestDetail } from '../../../api/src/contract/index.ts';
import { exitCodes, Failure, refused, type ExitCode } from '../failure.ts';
import { targetText } from '../print/outcome-lines.ts';
import { printable, shortId } from '../print/printable.ts';
import { answerOf, isNamed, refusalSince } from './answer-of.ts';
import { meantRequest } from './meant-request.ts';
import type { Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';

export interface DecideOptions {
  readonly comment?: string;
  readonly json?: true;
}

/** What became of one decision. */
interface Outcome {
  readonly request: string;
  readonly requestId?: string;
  readonly code: ExitCode;
  readonly text: string;
}

/** `team approve` and `team deny`: one after the other. A failure of one is no reason to leave out the next, unless nobody is signed in or nothing answers. */
export async function decideAll(context: PortalContext, references: readonly string[], verdict: Decision['verdict'], { comment, json }: DecideOptions): Promise<ExitCode> {
  const portal = await signedIn(context);
  const { userName } = await portal.me();
  const outcomes: Outcome[] = [];
  try {
    for (const reference of new Set(references)) {
      const outcome = await decideOne(context, portal, reference, { verdict, ...(comment === undefined ? {} : { comment }) }, userName);
      outcomes.push(outcome);
      if (!json) (outcome.code === exitCodes.ok ? context.say : context.remark)(outcome.text);
    }
  } finally {
    // What was decided counts, whatever keeps the next from it.
    if (json) context.say(JSON.stringify(outcomes, undefined, 2));
  }
  return outcomes.find(({ code }) => code !== exitCodes.ok)?.code ?? exitCodes.ok;
}

async function decideOne(context: PortalContext, portal: Portal, request: string, decision: Decision, userName: string): Promise<Outcome> {
  try {
    const requestId = await meantRequest(portal, request, ['to-approve']);
    const before = await portal.request(requestId);
    await portal.decide(requestId, decision);
    const refusal = (detail: RequestDetail) => refusalSince(before, detail, { types: ['ApprovalDecisionRefused'], userName });
    const after = await answerOf(context, portal, before, (detail) => hasCounted(detail, userName) || refusal(detail) !== undefined);
    if (!hasCounted(after, userName)) throw refused(printable(`it does not count: ${refusal(after)}`));
    return { request, requestId, code: exitCodes.ok, text: outcomeOf(after, decision) };
  } catch (error) {
    const goesOn = error instanceof Failure && (error.exitCode === exitCodes.refused || error.exitCode === exitCodes.usage);
    if (!goesOn) throw error;
    return { request, code: error.exitCode, text: `${printable(request)}: ${error.message}` };
  }
}

const hasCounted = ({ decisions }: RequestDetail, userName: string): boolean => decisions.some(({ decider }) => isNamed(decider, userName));

function outcomeOf({ row }: RequestDetail, { verdict }: Decision): string {
  const what = row.targets.map(targetText).join(', ');
  return printable(`${verdict === 'approve' ? 'Approved' : 'Denied'} ${shortId(row.requestId)}: ${what} for ${row.requester.userName}.`);
}
