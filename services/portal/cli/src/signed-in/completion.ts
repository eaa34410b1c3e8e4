import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../failure.ts';
import { bashCompletion, fishCompletion, wordsOf, zshCompletion } from './completion-scripts.ts';
import type { PortalContext } from './portal-context.ts';
import type { Shell } from './shells.ts';

const scripts: Readonly<Record<Shell, typeof bashCompletion>> = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** Prints what makes a shell complete the words of this command. Made of the commands that there are. */
export function completion({ say }: PortalContext, shell: Shell, program: Command): ExitCode {
  say(scripts[shell](wordsOf(program)));
  return exitCodes.ok;
}
