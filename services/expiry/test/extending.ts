import type { Command } from '../src/domain/decide.ts';
import type { Forerunners } from '../src/domain/events.ts';
import { approve, assignment, grantIds, judge, minute, requestId, revoke, type Asked } from './scenario.ts';

export const extensionId = '01936d00-0000-7000-8000-000000000002';
/** The grant of the extension, on the assignment of the one that it prolongs. */
export const extensionGrant = 'd'.repeat(8) + '-0000-5000-8000-000000000000';

/** The first grant is extended, with an approval from minute `startsAt` on, for another half hour. */
export function extend({ durationMinutes = 30, startsAt = 20, ...more }: Asked = {}, earlier: Forerunners = { unjudged: [], progress: {} }): Command & { type: 'extend' } {
  const { approval, proofs } = approve({ grants: [extensionGrant], durationMinutes, startsAt, ...more });
  const latestEnd = new Date(minute(5 + 60 + 60 + 15 + durationMinutes)).toISOString();
  const acceptedAt = new Date(minute(startsAt - 5)).toISOString();
  const approvedAt = new Date(minute(startsAt)).toISOString();
  return {
    type: 'extend',
    requestId: extensionId,
    proofs,
    earlier,
    approval: {
      ...approval,
      acceptedAt,
      approvedAt,
      window: { ...approval.window, latestEnd },
      extends: requestId,
      stretch: { requestId, durationMinutes: 60 + durationMinutes },
    },
  };
}

/** The same, said of the extension. */
export const ofExtension = (command: Command): Command => {
  if (command.type === 'due' || !('requestId' in command)) return command;
  const said = { ...command, requestId: extensionId, item: requestId };
  return 'grantId' in said ? { ...said, grantId: extensionGrant, assignment } : said;
};
export const revokeExtension = (revocationId = 'r1'): Command => ofExtension(revoke({ revocationId }));
export const judged = (entitled = true, revocationId = 'r1'): Command => judge(entitled, revocationId);
export const [firstGrant] = grantIds;
