import type { Command } from 'commander';
import { someApprovers } from '../approvers.ts';
import type { Context } from '../context.ts';
import type { PerformEitherWay } from '../either-way.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { storyLines } from '../print/story-lines.ts';
import { findRequest } from '../request-reference.ts';
import { showAtPortal } from '../signed-in/show.ts';
import { tellStory } from '../../../story/src/request-story.ts';

interface ShowOptions {
  readonly json?: true;
}

/** `team show`: everything about one request. */
export function showCommand(program: Command, perform: PerformEitherWay): void {
  program
    .command('show')
    .description('what a request is, what has become of it, and who did what')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .option('--json', 'as one JSON document')
    .action((reference: string, options: ShowOptions, command: Command) =>
      perform(command, { atPortal: (context) => showAtPortal(context, reference, options), atLocalRun: (context) => show(context, reference, options) }),
    );
}

async function show(context: Context, reference: string, { json }: ShowOptions): Promise<ExitCode> {
  const { trail, bus, say } = context;
  const requestId = await findRequest(trail, reference);
  const [{ events }, { ownAccount }] = await Promise.all([trail.ofRequest(requestId), bus.describe()]);
  const story = tellStory(requestId, events, ownAccount);
  if (story === undefined) throw refused(`nobody has heard of a request ${requestId}`);
  if (json) say(JSON.stringify(story, undefined, 2));
  else for (const line of storyLines(story, await someApprovers(context, story))) say(line);
  return exitCodes.ok;
}
