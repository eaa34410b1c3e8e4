import type { AccessRequestAcceptedV1 } from '@team/contracts';
import { approvalUnder } from './eligibility.ts';
import { createMemberships } from './memberships.ts';
import { createPlaces } from './places.ts';
import type { Rule, RuleFrom } from './rule.ts';

/** What a judgement rests on was read so long (ms) before it at most: the function may run for 30 s, and keeps policies for 5 s. */
const judgementMs = 40_000;

/**
 * What is accepted is what the policies in force allow its requester, in the groups that they are in and for accounts where they stand:
 * each target under a single policy, for as long as is asked, and with approval unless each is free of it. What changed while it was
 * judged may count or not.
 */
export const acceptedAsEligible: RuleFrom = (seen): Rule => {
  const { now, forged, memberships, policies } = seen;
  const members = createMemberships(memberships, now);
  const places = createPlaces(seen);
  const look = (): undefined => members.look() ?? places.look();

  function judged(data: AccessRequestAcceptedV1): string | undefined {
    const { requestId, requester, grants, ticket, approvalRequired } = data;
    // Of an extension, all that it prolongs counts.
    const durationMinutes = data.stretch?.durationMinutes ?? data.durationMinutes;
    const to = Date.parse(data.acceptedAt);
    const from = to - judgementMs;
    const misplaced = grants.find(({ accountId, organizationalUnitIds: said }) =>
      places.pathsOf(accountId, from, to).every((path) => path.join() !== said.join()),
    );
    if (misplaced !== undefined) return `${requestId} was accepted with account ${misplaced.accountId} where it does not stand`;
    const inForce = policies.filter(({ since }, i) => since <= to && (policies[i + 1]?.since ?? Infinity) >= from);
    const answers = members.groupsOf(requester.userId, from, to).flatMap((groupIds) => {
      const asking = { userId: requester.userId, groupIds, durationMinutes, hasTicket: ticket !== undefined };
      return inForce.map((one) => grants.map((grant) => approvalUnder(one.policies, asking, grant)));
    });
    const eligible = answers.filter((each) => !each.includes(undefined));
    if (eligible.length === 0) return `${requestId} was accepted, and no policy allows ${requester.userName} all of it`;
    if (eligible.some((each) => each.includes('required') === approvalRequired)) return undefined;
    return `${requestId} was accepted with${approvalRequired ? '' : 'out'} approval, and the policies say otherwise`;
  }
  return {
    onCall: look,
    onEvent({ detailType, detail: { metadata, data } }) {
      look();
      if (detailType !== 'AccessRequestAccepted.v1' || forged.has(String(metadata['eventId']))) return undefined;
      return judged(data as AccessRequestAcceptedV1);
    },
  };
};
