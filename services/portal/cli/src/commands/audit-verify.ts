import type { Command } from 'commander';
import * as z from 'zod';
import { askFunction } from '../cloud/ask-function.ts';
import type { Context, Perform } from '../context.ts';
import { exitCodes, misused, refused, type ExitCode } from '../failure.ts';
import { counted } from '../print/printable.ts';
import { verificationLines } from '../print/verification-lines.ts';
import { findRequest } from '../request-reference.ts';
import { momentOf } from '../timestamp.ts';
import { activityCommand } from './audit-activity.ts';
import { exportCommand, verifyFolder, type HourOptions } from './audit-archive.ts';
import { auditQuestions } from './audit-questions.ts';

interface VerifyOptions extends HourOptions {
  readonly archive?: string;
  readonly key?: string;
}

/** `team audit …`: whether the trail is as it was written, here or in a copy of its archive, and questions about requests. */
export function auditCommand(program: Command, perform: Perform): void {
  const audit = program.command('audit').description('what can be proven');
  audit
    .command('verify')
    .description('recompute the audit trail, or one request’s part of it; exit code 1 when something is wrong with it')
    .argument('[request]', 'id of a request, or its first eight characters or more; without it everything')
    .option('--from <time>', 'the checkpoints from the hour of this moment on, and the chains that they list: a time, or how long ago (2h, 7d)')
    .option('--to <time>', 'up to the hour of this moment')
    .option('--archive <folder>', 'verify what `team audit export` wrote, or another copy of the archive, and ask nobody')
    .option('--key <file>', 'with --archive: the public key in PEM, from who is to be believed')
    .action((reference: string | undefined, options: VerifyOptions, command: Command) => perform(command, (context) => chosen(context, reference, options)));
  exportCommand(audit, perform);
  auditQuestions(audit, perform);
  activityCommand(audit, perform);
  audit
    .command('rebuild')
    .description('make what questions are answered from again, from the trail; changes nothing that is there already')
    .argument('[request]', 'id of a request, or its first eight characters or more; without it everything')
    .action((reference: string | undefined, _options: object, command: Command) => perform(command, (context) => rebuild(context, reference)));
}

async function chosen(context: Context, reference: string | undefined, { archive, ...options }: VerifyOptions): Promise<ExitCode> {
  const hours = options.from !== undefined || options.to !== undefined;
  if (reference !== undefined && (hours || archive !== undefined)) throw misused('name a request, or hours, or an archive');
  if (archive !== undefined) return verifyFolder(context, archive, options);
  if (options.key !== undefined) throw misused('--key is for --archive: the audit service has its own');
  return verify(context, reference, options);
}

async function verify({ trail, bus, say }: Context, reference: string | undefined, options: HourOptions): Promise<ExitCode> {
  const requestId = reference === undefined ? undefined : await findRequest(trail, reference);
  const from = options.from === undefined ? undefined : await momentOf(options.from, '--from', bus);
  const to = options.to === undefined ? undefined : await momentOf(options.to, '--to', bus);
  const found = await trail.verify({ requestId, from, to });
  if (requestId !== undefined && found.records + found.waiting + found.problems.length === 0) throw refused(`nobody has heard of a request ${requestId}`);
  for (const line of verificationLines(found)) say(line);
  return found.problems.length + found.omitted === 0 ? exitCodes.ok : exitCodes.refused;
}

const rebuilt = z.object({ requests: z.int(), next: z.string().optional() });

async function rebuild({ trail, connection, say, signal }: Context, reference: string | undefined): Promise<ExitCode> {
  const requestId = reference === undefined ? undefined : await findRequest(trail, reference);
  let requests = 0;
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const part = await askFunction(connection, 'audit', { requestId, after }, rebuilt, 'rebuild');
    requests += part.requests;
    after = part.next;
    if (after === undefined) break;
  }
  say(`${counted(requests, 'request')} read from the trail; what was missing is there again.`);
  return exitCodes.ok;
}
