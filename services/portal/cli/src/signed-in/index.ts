import type { Command } from 'commander';
import { completionCommand } from './completion-command.ts';
import { decideCommands } from './decide-commands.ts';
import { ensureCommand } from './ensure-command.ts';
import { extendCommand } from './extend-command.ts';
import { listCommand } from './list-command.ts';
import type { PerformAtPortal } from './portal-context.ts';
import { requestCommand } from './request-command.ts';
import { signInCommands } from './sign-in-commands.ts';

/** The commands of somebody who signed in at the portal. */
export function signedInCommands(program: Command, perform: PerformAtPortal): void {
  for (const add of [signInCommands, listCommand, requestCommand, decideCommands, extendCommand, ensureCommand, completionCommand]) add(program, perform);
}
