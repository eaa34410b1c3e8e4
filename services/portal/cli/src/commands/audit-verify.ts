import type { Command } from 'commander';
import * as z from 'zod';
import { askFunction } from '../cloud/ask-function.ts';
import type { Context, Perform } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { counted } from '../print/printable.ts';
import { verificationLines } from '../print/verification-lines.ts';
import { findRequest } from '../request-reference.ts';
import { auditQuestions } from './audit-questions.ts';

/** `team audit …`: whether the trail is as it was written, and questions about requests. */
export function auditCommand(program: Command, perform: Perform): void {
  const audit = program.command('audit').description('what can be proven');
  audit
    .command('verify')
    .description('recompute the audit trail, or one request’s part of it; exit code 1 when something is wrong with it')
    .argument('[request]', 'id of a request, or its first eight characters or more; without it everything')
    .action((reference: string | undefined, _options: object, command: Command) => perform(command, (context) => verify(context, reference)));
  auditQuestions(audit, perform);
  audit
    .command('rebuild')
    .description('make what questions are answered from again, from the trail; changes nothing that is there already')
    .argument('[request]', 'id of a request, or its first eight characters or more; without it everything')
    .action((reference: string | undefined, _options: object, command: Command) => perform(command, (context) => rebuild(context, reference)));
}

async function verify({ trail, say }: Context, reference: string | undefined): Promise<ExitCode> {
  const requestId = reference === undefined ? undefined : await findRequest(trail, reference);
  const found = await trail.verify(requestId);
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
