import type { Ask } from './ask.ts';
import type { AskedRequest } from './events.ts';
import type { KnownAccount, KnownPermissionSet } from './facts.ts';

/** What of a request matters to policies, for each of its targets the same. */
export type Words = Pick<AskedRequest, 'startAt' | 'ticket' | 'justification' | 'breakGlass'> & { readonly durationMinutes: number };

/** The ask for one target, as policies see it. `askedAt` in ms since the epoch; a start that has passed is now. */
export function askFor(account: KnownAccount, permissionSet: Pick<KnownPermissionSet, 'arn' | 'tags'>, words: Words, askedAt: number): Ask {
  const { startAt, ticket, justification, breakGlass = false, durationMinutes } = words;
  return {
    accountId: account.id,
    ouPath: account.ouPath,
    accountTags: account.tags,
    permissionSetArn: permissionSet.arn,
    permissionSetTags: permissionSet.tags,
    askedAt,
    startsAt: startAt === undefined ? askedAt : Math.max(Date.parse(startAt), askedAt),
    durationMinutes,
    ticketId: ticket?.id,
    justification,
    breakGlass,
  };
}
