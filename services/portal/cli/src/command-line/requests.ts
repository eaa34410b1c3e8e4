import { Argument, type Command } from 'commander';
import type { EndOptions } from '../commands/end.ts';
import type { ReviewOptions, Verdict } from '../commands/review.ts';
import type { ShowOptions } from '../commands/show.ts';
import type { PerformEitherWay } from '../either-way.ts';
import { collected } from '../options.ts';

/** What is asked and done about one request, in either place: `team show`, `team end`, `team review`. */
export function requestCommands(program: Command, perform: PerformEitherWay): void {
  program
    .command('show')
    .description('what a request is, what has become of it, and who did what')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .option('--json', 'as one JSON document')
    .action((reference: string, options: ShowOptions, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/show.ts').then(({ showAtPortal }) => showAtPortal(context, reference, options)),
        atLocalRun: (context) => import('../commands/show.ts').then(({ show }) => show(context, reference, options)),
      }),
    );
  program
    .command('end')
    .description('take back a request that waits, or end its access now')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .option('--as <user>', 'in the local run: who ends it, by user name or user id')
    .option('--grant <id>', 'only this grant; can be repeated', collected)
    .option('--reason <text>', 'why')
    .action((reference: string, options: EndOptions, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/end.ts').then(({ endAtPortal }) => endAtPortal(context, reference, options)),
        atLocalRun: (context) => import('../commands/end.ts').then(({ end }) => end(context, reference, options)),
      }),
    );
  program
    .command('review')
    .description('review a break glass whose access is over')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .addArgument(new Argument('<verdict>').choices(['justified', 'not-justified']))
    .option('--as <user>', 'in the local run: who reviews, by user name or user id')
    .option('--comment <text>', 'why')
    .action((reference: string, verdict: Verdict, options: ReviewOptions, command: Command) =>
      perform(command, {
        atPortal: (context) => import('../signed-in/review.ts').then(({ reviewAtPortal }) => reviewAtPortal(context, reference, { verdict, ...options })),
        atLocalRun: (context) => import('../commands/review.ts').then(({ review }) => review(context, reference, verdict, options)),
      }),
    );
}
