import { accessRequestedV1, isFinal, type AccessRequestedV1 } from '@team/contracts';
import { someApprovers } from '../approvers.ts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import type { Context } from '../context.ts';
import { exitCodes, misused, refused, type ExitCode } from '../failure.ts';
import { targetsNamed, type AskingOptions } from '../options.ts';
import { isSettled, isThere, outcomeLines, type Outcome } from '../print/outcome-lines.ts';
import { printable } from '../print/printable.ts';
import { findRequest } from '../request-reference.ts';
import { endOf } from '../../../story/src/grant-story.ts';
import { tellStory, type RequestStory } from '../../../story/src/request-story.ts';
import { timestampOf } from '../timestamp.ts';
import { answerWithinMs, watchRequest } from '../watch.ts';

export interface AskOptions extends AskingOptions {
  readonly as: string;
  readonly for?: string;
  readonly bundle?: readonly string[];
}

/** `team ask`: asks for access through the local channel. */
export async function ask(context: Context, options: AskOptions): Promise<ExitCode> {
  const { bus, newId, say, trail } = context;
  const asked = requestOf(options, newId());
  const data = options.extends === undefined ? asked : { ...asked, extends: await findRequest(trail, options.extends) };
  await bus.put(accessRequestedV1, data);
  say(`request ${data.requestId}`);
  return awaitAnswer(context, data.requestId, options.wait === true);
}

/** What is asked for. Throws `Failure` (usage) for options that do not go together. */
export function requestOf(options: AskOptions, requestId: string): AccessRequestedV1 {
  const { as, for: other, minutes, why, start, ticket, breakGlass } = options;
  return {
    requestId,
    requester: other ?? as,
    targets: targetsOf(options),
    ...(minutes === undefined ? {} : { durationMinutes: minutes }),
    ...(other === undefined ? {} : { askedBy: as }),
    ...(why === undefined ? {} : { justification: why }),
    ...(start === undefined ? {} : { startAt: timestampOf(start, '--start') }),
    ...(ticket === undefined ? {} : { ticket: { id: ticket } }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
  };
}

function targetsOf({ bundle = [], ...options }: AskOptions): AccessRequestedV1['targets'] {
  const targets = [...targetsNamed(options).map(({ account, permissionSet }) => targetOf(account, permissionSet)), ...bundle.map((id) => ({ bundle: id }))];
  if (targets.length === 0) throw misused('give --account and --permission-set, or one --target or --bundle or more');
  return targets;
}

const targetOf = (accountId: string, set: string): AccessRequestedV1['targets'][number] =>
  set.startsWith('arn:') ? { accountId, permissionSetArn: set } : { accountId, permissionSetName: set };

async function awaitAnswer(context: Context, requestId: string, toTheEnd: boolean): Promise<ExitCode> {
  const { bus, ownCommand, say } = context;
  const { ownAccount } = await bus.describe();
  const events: RecordedEvent[] = [];
  let told = 0;
  for await (const event of watchRequest(context, requestId, toTheEnd ? {} : { withinMs: answerWithinMs })) {
    events.push(event);
    const story = tellStory(requestId, events, ownAccount);
    if (story === undefined) continue;
    for (const { detailType, text, disregarded } of story.history.slice(told)) {
      if (disregarded === undefined && !detailType.startsWith('AccessRequested.') && !detailType.startsWith('AccessRequestRejected.')) {
        say(printable(`  ${detailType}  ${text}`));
      }
    }
    told = story.history.length;
    const code = toTheEnd ? settled(context, story) : await answered(context, story);
    if (code !== undefined) return code;
  }
  throw refused(`no answer for ${answerWithinMs / 1000} s. Look again with: ${ownCommand} show ${requestId}`);
}

/** What is printed to be pasted holds nothing that a shell understands otherwise. */
const fitForShells = /^[\w.@+-]+$/;

/** How `ask` ends, once it is known what happens next. */
async function answered(context: Context, story: RequestStory): Promise<ExitCode | undefined> {
  const { requestId, status, waitsFor } = story;
  if (isFinal(status)) return settled(context, story);
  if (status === 'pending' && waitsFor === undefined) return undefined;
  if (status === 'pending') {
    const approver = (await someApprovers(context, story)).flat().find((name) => fitForShells.test(name));
    context.say(`Waits for approval. Next: ${context.ownCommand} decide ${requestId} approve --as ${approver ?? 'USER'}`);
  } else if (story.breakGlass) context.say(`BREAK GLASS: granted without approval; it is reviewed when it is over. Next: ${context.ownCommand} show ${requestId}`);
  else context.say(`Approved by policy. Next: ${context.ownCommand} show ${requestId}`);
  return exitCodes.ok;
}

/** How `ask --wait` ends: when every grant is there or over. */
function settled({ say }: Context, story: RequestStory): ExitCode | undefined {
  const outcome = outcomeOf(story);
  if (!isSettled(outcome)) return undefined;
  for (const line of outcomeLines(outcome)) say(line);
  return isThere(outcome) ? exitCodes.ok : exitCodes.refused;
}

function outcomeOf({ status, reasons, grants }: RequestStory): Outcome {
  return { status, reasons, grants: grants.map((grant) => ({ ...grant, endsAt: endOf(grant) })) };
}
