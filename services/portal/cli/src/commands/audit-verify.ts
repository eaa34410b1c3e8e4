import type { Command } from 'commander';
import * as z from 'zod';
import { askFunction } from '../cloud/ask-function.ts';
import type { Context, Perform } from '../context.ts';
import type { PerformEitherWay } from '../either-way.ts';
import { exitCodes, misused, refused, type ExitCode } from '../failure.ts';
import { notAtPortal } from '../signed-in/not-at-portal.ts';
import { verifyAtPortal } from '../signed-in/audit/verify.ts';
import { counted } from '../print/printable.ts';
import { sayVerification } from '../print/verification-lines.ts';
import { findRequest } from '../request-reference.ts';
import { momentOf } from '../timestamp.ts';
import { activityCommand } from './audit-activity.ts';
import { exportCommand, verifyFolder, type HourOptions } from './audit-archive.ts';
import { auditQuestions } from './audit-questions.ts';

interface VerifyOptions extends HourOptions {
  readonly archive?: string;
  readonly key?: string;
  readonly json?: true;
}

/** How the commands of `team audit` are run: in either place, or at the AWS APIs alone. */
interface Performers {
  readonly perform: Perform;
  readonly performEitherWay: PerformEitherWay;
}

/** `team audit …`: whether the trail is as it was written, here or in a copy of its archive, and questions about requests. */
export function auditCommand(program: Command, { perform, performEitherWay }: Performers): void {
  const audit = program.command('audit').description('what can be proven');
  audit
    .command('verify')
    .description('recompute the audit trail, or one request’s part of it; exit code 1 when something is wrong with it')
    .argument('[request]', 'id of a request, or its first eight characters or more; without it everything')
    .option('--from <time>', 'the checkpoints from the hour of this moment on, and the chains that they list: a time, or how long ago (2h, 7d)')
    .option('--to <time>', 'up to the hour of this moment')
    .option('--archive <folder>', 'verify what `team audit export` wrote, or another copy of the archive, and ask nobody')
    .option('--key <file>', 'with --archive: the public key in PEM, from who is to be believed')
    .option('--json', 'what was found, as one JSON document')
    .action((reference: string | undefined, options: VerifyOptions, command: Command) => {
      check(reference, options);
      const { archive } = options;
      // A copy is verified where it lies: nobody is asked.
      if (archive !== undefined) return perform(command, (context) => verifyFolder(context, archive, options));
      const atLocalRun = (context: Context): Promise<ExitCode> => verify(context, reference, options);
      return performEitherWay(command, { atPortal: (context) => (reference === undefined || isOfHours(options) ? whole(context) : verifyAtPortal(context, reference, options)), atLocalRun });
    });
  exportCommand(audit, performEitherWay);
  auditQuestions(audit, performEitherWay);
  activityCommand(audit, performEitherWay);
  audit
    .command('rebuild')
    .description('make what questions are answered from again, from the trail; changes nothing that is there already')
    .argument('[request]', 'id of a request, or its first eight characters or more; without it everything')
    .action((reference: string | undefined, _options: object, command: Command) =>
      performEitherWay(command, { atPortal: notAtPortal({ command: 'audit rebuild', needs: 'the audit service’s function itself' }), atLocalRun: (context) => rebuild(context, reference) }),
    );
}

const whole = notAtPortal({ command: 'audit verify', needs: 'the whole trail, of which the portal verifies one request’s part at a time (team audit verify REQUEST)' });
const isOfHours = ({ from, to }: HourOptions): boolean => from !== undefined || to !== undefined;

function check(reference: string | undefined, { archive, key, ...hours }: VerifyOptions): void {
  if (reference !== undefined && (isOfHours(hours) || archive !== undefined)) throw misused('name a request, or hours, or an archive');
  if (key !== undefined && archive === undefined) throw misused('--key is for --archive: the audit service has its own');
}

async function verify({ trail, bus, say }: Context, reference: string | undefined, options: VerifyOptions): Promise<ExitCode> {
  const requestId = reference === undefined ? undefined : await findRequest(trail, reference);
  const from = options.from === undefined ? undefined : await momentOf(options.from, '--from', bus);
  const to = options.to === undefined ? undefined : await momentOf(options.to, '--to', bus);
  const found = await trail.verify({ requestId, from, to });
  if (requestId !== undefined && found.records + found.waiting + found.problems.length === 0) throw refused(`nobody has heard of a request ${requestId}`);
  return sayVerification({ say }, found, options);
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
