import * as z from 'zod';
import { askFunction } from '../cloud/ask-function.ts';
import type { Context } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { counted } from '../print/printable.ts';
import { momentOf } from '../timestamp.ts';

/** Events that the portal is given at a time: with their details they fit in what a function may be given. */
const atOnce = 50;

const remembered = z.object({ remembered: z.int() });

/** `team portal rebuild` */
export async function rebuild({ trail, connection, bus, say, signal }: Context, when: string): Promise<ExitCode> {
  const since = await momentOf(when, '--since', bus);
  let events = 0;
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const page = await trail.events({ after, since, limit: atOnce });
    if (page.events.length > 0) events += (await askFunction(connection, 'portal', { events: page.events }, remembered, 'rebuild')).remembered;
    if (page.events.length === 0 || page.next === undefined) break;
    after = page.next;
  }
  say(`${counted(events, 'event')} of requests read from the trail; what was missing is there again.`);
  return exitCodes.ok;
}
