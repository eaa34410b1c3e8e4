import { someApprovers } from '../approvers.ts';
import type { Context } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { storyLines } from '../print/story-lines.ts';
import { findRequest } from '../request-reference.ts';
import { tellStory } from '../../../story/src/request-story.ts';

export interface ShowOptions {
  readonly json?: true;
}

/** `team show`: everything about one request. */
export async function show(context: Context, reference: string, { json }: ShowOptions): Promise<ExitCode> {
  const { trail, bus, say } = context;
  const requestId = await findRequest(trail, reference);
  const [{ events }, { ownAccount }] = await Promise.all([trail.ofRequest(requestId), bus.describe()]);
  const story = tellStory(requestId, events, ownAccount);
  if (story === undefined) throw refused(`nobody has heard of a request ${requestId}`);
  if (json) say(JSON.stringify(story, undefined, 2));
  else for (const line of storyLines(story, await someApprovers(context, story))) say(line);
  return exitCodes.ok;
}
