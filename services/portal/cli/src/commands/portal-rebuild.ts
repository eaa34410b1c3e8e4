import type { Command } from 'commander';
import * as z from 'zod';
import { askFunction } from '../cloud/ask-function.ts';
import type { Context, Perform } from '../context.ts';
import { exitCodes, type ExitCode } from '../failure.ts';
import { counted } from '../print/printable.ts';

/** Events that the portal is given at a time: with their details they fit in what a function may be given. */
const atOnce = 50;

const remembered = z.object({ remembered: z.int() });

/** `team portal rebuild`. */
export function portalCommand(program: Command, perform: Perform): void {
  program
    .command('portal')
    .description('what the portal shows')
    .command('rebuild')
    .description('make what the portal shows again, from the audit trail; changes nothing that is there already')
    .action((_options: object, command: Command) => perform(command, rebuild));
}

async function rebuild({ trail, connection, say, signal }: Context): Promise<ExitCode> {
  let events = 0;
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const page = await trail.events({ after, limit: atOnce });
    if (page.events.length > 0) events += (await askFunction(connection, 'portal', { events: page.events }, remembered, 'rebuild')).remembered;
    if (page.events.length === 0 || page.next === undefined) break;
    after = page.next;
  }
  say(`${counted(events, 'event')} of requests read from the trail; what was missing is there again.`);
  return exitCodes.ok;
}
