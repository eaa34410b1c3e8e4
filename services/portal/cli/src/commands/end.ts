import {
  accessCancelledV1,
  accessRevocationRefusedV1,
  accessRevocationRequestedV1,
  accessRevokedV1,
  cancellationRefusedV1,
  describe,
  isFinal,
} from '@team/contracts';
import { whoSays, type Context } from '../context.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { printable } from '../print/printable.ts';
import { whyLine } from '../print/why-line.ts';
import { findRequest } from '../request-reference.ts';
import type { EndOptions as OptionsAtPortal } from '../signed-in/end.ts';
import { factsIn } from '../../../story/src/facts.ts';
import { tellStory, type RequestStory } from '../../../story/src/request-story.ts';
import { answerWithinMs, watchRequest } from '../watch.ts';

export interface EndOptions extends OptionsAtPortal {
  readonly as?: string;
}

/** `team end`: takes back a request, or ends access before its time. */
export async function end(context: Context, reference: string, { as, grant, reason }: EndOptions): Promise<ExitCode> {
  const { trail, bus, say } = context;
  const by = whoSays(as);
  const requestId = await findRequest(trail, reference);
  const [{ events, next }, { ownAccount }] = await Promise.all([trail.ofRequest(requestId), bus.describe()]);
  const story = tellStory(requestId, events, ownAccount);
  if (story === undefined) throw refused(`nobody has heard of a request ${requestId}`);
  const running = stillRunning(story, grant);
  await bus.put(accessRevocationRequestedV1, {
    requestId,
    by,
    ...(grant === undefined ? {} : { grantIds: [...grant] }),
    ...(reason === undefined ? {} : { reason }),
  });
  // The wish is put on the bus all the same: who reads the trail may be mistaken about what is over, who judges is not.
  if (isFinal(story.status) || (story.grants.length > 0 && running.length === 0)) {
    say(`There was nothing left to end: ${story.status}.`);
    return exitCodes.ok;
  }
  return awaitAnswer(context, requestId, { after: next, ownAccount, running });
}

/** Grants that are meant and can be ended. */
function stillRunning({ requestId, grants }: RequestStory, meant: readonly string[] | undefined): readonly string[] {
  const unknown = meant?.find((grantId) => grants.every((known) => known.grantId !== grantId));
  if (unknown !== undefined) throw refused(`request ${requestId} has no grant ${unknown}`);
  return grants.filter(({ grantId, status }) => !isFinal(status) && status !== 'ending' && (meant?.includes(grantId) ?? true)).map(({ grantId }) => grantId);
}

interface Awaited {
  readonly after: string | undefined;
  readonly ownAccount: string;
  readonly running: readonly string[];
}

async function awaitAnswer(context: Context, requestId: string, { after, ownAccount, running }: Awaited): Promise<ExitCode> {
  const { ownCommand, say } = context;
  const revoked = new Set<string>();
  for await (const event of watchRequest(context, requestId, { after, withinMs: answerWithinMs })) {
    const facts = factsIn([event], ownAccount);
    for (const contract of [cancellationRefusedV1, accessRevocationRefusedV1]) {
      const [refusal] = facts(contract);
      if (refusal === undefined) continue;
      say(`Not ended: ${whyLine(refusal.reason)}`);
      return exitCodes.refused;
    }
    const [cancelled] = facts(accessCancelledV1);
    const [ended] = facts(accessRevokedV1);
    if (cancelled === undefined && ended === undefined) continue;
    say(printable(`${event.detailType}  ${describe(event.detailType, event.detail?.['data'])}`));
    if (ended !== undefined) revoked.add(ended.grantId);
    if (cancelled !== undefined || running.every((grantId) => revoked.has(grantId))) {
      say(`Next: ${ownCommand} show ${requestId}`);
      return exitCodes.ok;
    }
  }
  throw refused(`no answer for ${answerWithinMs / 1000} s. Look again with: ${ownCommand} show ${requestId}`);
}
