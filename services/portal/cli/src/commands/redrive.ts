import type { SQSClient } from '@aws-sdk/client-sqs';
import { listDeadLetterQueues, moveBack, readDeadLetters, sourceOf, type DeadLetterQueue } from '../cloud/dead-letters.ts';
import { deployment } from '../cloud/deployment.ts';
import type { Context } from '../context.ts';
import { exitCodes, Failure, refused, type ExitCode } from '../failure.ts';
import { letterLine } from '../print/letter-line.ts';
import { counted } from '../print/printable.ts';

export interface RedriveOptions {
  readonly dryRun?: true;
}

/** `team redrive`: dead letters, shown and given back to those who could not handle them. */
export async function redrive(context: Context, queue: string | undefined, { dryRun }: RedriveOptions): Promise<ExitCode> {
  const { connection, say, remark } = context;
  const sqs = connection.sqs(deployment.operator);
  const queues = chosen(await listDeadLetterQueues(sqs), queue);
  const filled = queues.filter(({ letters, held }) => letters + held > 0);
  if (filled.length === 0) {
    say(queue === undefined ? `There are no dead letters (${counted(queues.length, 'queue')}).` : `There are no dead letters in ${queues.map(({ name }) => name).join(', ')}.`);
    return exitCodes.ok;
  }
  let code: ExitCode = exitCodes.ok;
  for (const each of filled) {
    await showLetters(context, sqs, each);
    if (dryRun === true || each.letters === 0) continue;
    try {
      await moveLetters(context, sqs, each);
    } catch (error) {
      // One queue that cannot be redriven does not keep the others waiting.
      if (!(error instanceof Failure)) throw error;
      remark(error.message);
      code = exitCodes.refused;
    }
  }
  return code;
}

/** Those that are meant by a queue's own name or by that of its dead-letter queue. */
function chosen(queues: readonly DeadLetterQueue[], queue: string | undefined): readonly DeadLetterQueue[] {
  if (queue === undefined) return queues;
  const found = queues.filter(({ name }) => name === queue || name.replace(/-dlq(?=$|\.fifo$)/, '') === queue);
  if (found.length === 0) throw refused(`there is no dead-letter queue "${queue}"; there are ${queues.map(({ name }) => name).join(', ') || 'none'}`);
  return found;
}

async function showLetters({ say }: Context, sqs: SQSClient, queue: DeadLetterQueue): Promise<void> {
  const held = queue.held === 0 ? '' : `, ${queue.held} of them held by somebody who is looking at them`;
  say(`${queue.name}: ${counted(queue.letters + queue.held, 'letter')}${held}`);
  const letters = await readDeadLetters(sqs, queue);
  for (const letter of letters) say(`  ${letterLine(letter)}`);
  const more = queue.letters - letters.length;
  if (more > 0) say(`  and ${more} more`);
}

async function moveLetters({ say, pause }: Context, sqs: SQSClient, queue: DeadLetterQueue): Promise<void> {
  const source = await sourceOf(sqs, queue);
  const moved = await moveBack(sqs, queue, source.arn, pause);
  say(`  ${counted(moved, 'letter')} sent back to ${source.name}`);
}
