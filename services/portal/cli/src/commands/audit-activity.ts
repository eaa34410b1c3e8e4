import type { Context } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { sayActivity } from '../print/activity-of-request.ts';
import { findRequest } from '../request-reference.ts';
import { tellStory } from '../../../story/src/request-story.ts';

/** `team audit activity`: what was done under the grants of a request, call by call. */
export async function activity({ trail, bus, ...output }: Context, reference: string, json: boolean): Promise<ExitCode> {
  const requestId = await findRequest(trail, reference);
  const [{ events }, { ownAccount }] = await Promise.all([trail.ofRequest(requestId), bus.describe()]);
  const story = tellStory(requestId, events, ownAccount);
  if (story === undefined) throw refused(`nobody has heard of a request ${requestId}`);
  await sayActivity(output, requestId, story.grants, { json, callsOf: (grantId) => trail.activity(grantId) });
  return exitCodes.ok;
}
