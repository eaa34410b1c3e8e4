import { Argument, type Command } from 'commander';
import { exitCodes } from '../failure.ts';
import { bashCompletion, fishCompletion, wordsOf, zshCompletion } from './completion-scripts.ts';
import type { PerformAtPortal } from './portal-context.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
type Shell = keyof typeof scripts;

/** `team completion`: prints what makes a shell complete the words of this command. Made of the commands that there are. */
export function completionCommand(program: Command, perform: PerformAtPortal): void {
  program
    .command('completion')
    .description('print a script with which a shell completes `team`: source it where the shell starts')
    .addArgument(new Argument('<shell>').choices(Object.keys(scripts)))
    .action((shell: Shell) =>
      perform(async ({ say }) => {
        say(scripts[shell](wordsOf(program)));
        return exitCodes.ok;
      }),
    );
}
