import type { Command } from 'commander';
import type { Context, Perform } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { activityLines, callLine } from '../print/activity-lines.ts';
import { printable } from '../print/printable.ts';
import { findRequest } from '../request-reference.ts';
import { tellStory } from '../../../story/src/request-story.ts';

/** `team audit activity`: what was done under the grants of a request, call by call. */
export function activityCommand(audit: Command, perform: Perform): void {
  audit
    .command('activity')
    .description('what was done under a request’s grants, call by call, as CloudTrail recorded it')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .option('--json', 'one JSON object a line: each call with the id of its grant')
    .action((reference: string, options: { readonly json?: true }, command: Command) => perform(command, (context) => activity(context, reference, options.json === true)));
}

async function activity({ trail, bus, say, remark }: Context, reference: string, json: boolean): Promise<ExitCode> {
  const requestId = await findRequest(trail, reference);
  const [{ events }, { ownAccount }] = await Promise.all([trail.ofRequest(requestId), bus.describe()]);
  const story = tellStory(requestId, events, ownAccount);
  if (story === undefined) throw refused(`nobody has heard of a request ${requestId}`);
  for (const { grantId, permissionSetName, accountName, accountId, activity: collected, removedAt } of story.grants) {
    const tell = json ? remark : say;
    tell(printable(`${permissionSetName} in ${accountName} (${accountId})  grant ${grantId}`));
    for (const line of collected === undefined ? ['nothing was collected yet'] : activityLines(collected)) tell(printable(`  ${line}`));
    let shown = 0;
    for await (const calls of trail.activity(grantId)) {
      shown += calls.length;
      for (const call of calls) say(json ? JSON.stringify({ requestId, grantId, ...call }) : printable(`  ${callLine(call, removedAt)}`));
    }
    const made = (collected?.reads ?? 0) + (collected?.writes ?? 0);
    if (made > shown) remark(`${made - shown} more calls were counted and are not kept`);
  }
  if (story.grants.length === 0) remark('the request has no grants');
  return exitCodes.ok;
}
