import * as z from 'zod';
import { askFunction } from '../cloud/ask-function.ts';
import type { Context } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { counted } from '../print/printable.ts';
import { sayVerification } from '../print/verification-lines.ts';
import { findRequest } from '../request-reference.ts';
import { momentOf } from '../timestamp.ts';
import type { HourOptions } from './audit-archive.ts';

export interface VerifyOptions extends HourOptions {
  readonly archive?: string;
  readonly key?: string;
  readonly json?: true;
}

/** `team audit verify` */
export async function verify({ trail, bus, say }: Context, reference: string | undefined, options: VerifyOptions): Promise<ExitCode> {
  const requestId = reference === undefined ? undefined : await findRequest(trail, reference);
  const from = options.from === undefined ? undefined : await momentOf(options.from, '--from', bus);
  const to = options.to === undefined ? undefined : await momentOf(options.to, '--to', bus);
  const found = await trail.verify({ requestId, from, to });
  if (requestId !== undefined && found.records + found.waiting + found.problems.length === 0) throw refused(`nobody has heard of a request ${requestId}`);
  return sayVerification({ say }, found, options);
}

const rebuilt = z.object({ requests: z.int(), next: z.string().optional() });

/** `team audit rebuild` */
export async function rebuild({ trail, connection, say, signal }: Context, reference: string | undefined): Promise<ExitCode> {
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
