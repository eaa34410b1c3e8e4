import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { PerformEitherWay } from '../either-way.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { sayActivity } from '../print/activity-of-request.ts';
import { findRequest } from '../request-reference.ts';
import { activityAtPortal } from '../signed-in/audit/activity.ts';
import { tellStory } from '../../../story/src/request-story.ts';

/** `team audit activity`: what was done under the grants of a request, call by call. */
export function activityCommand(audit: Command, perform: PerformEitherWay): void {
  audit
    .command('activity')
    .description('what was done under a request’s grants, call by call, as CloudTrail recorded it')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .option('--json', 'one JSON object a line: each call with the id of its grant')
    .action((reference: string, options: { readonly json?: true }, command: Command) => {
      const json = options.json === true;
      return perform(command, { atPortal: (context) => activityAtPortal(context, reference, json), atLocalRun: (context) => activity(context, reference, json) });
    });
}

async function activity({ trail, bus, ...output }: Context, reference: string, json: boolean): Promise<ExitCode> {
  const requestId = await findRequest(trail, reference);
  const [{ events }, { ownAccount }] = await Promise.all([trail.ofRequest(requestId), bus.describe()]);
  const story = tellStory(requestId, events, ownAccount);
  if (story === undefined) throw refused(`nobody has heard of a request ${requestId}`);
  await sayActivity(output, requestId, story.grants, { json, callsOf: (grantId) => trail.activity(grantId) });
  return exitCodes.ok;
}
