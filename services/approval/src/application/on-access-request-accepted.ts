import type { AccessRequestAcceptedV1 } from '@team/contracts';
import type { Lookup } from '../domain/commands.ts';
import type { Person, Reason } from '../domain/people.ts';
import type { Plan } from '../domain/plan.ts';
import type { AcceptedRequest, State } from '../domain/state.ts';
import { eligibleApprovers } from './eligible-approvers.ts';
import { planOf } from './plan-of.ts';
import { planReview } from './plan-review.ts';
import type { Ports, Received } from './ports.ts';
import { readTargets, type ReadTarget } from './read-targets.ts';
import { settle } from './settle.ts';

/**
 * An accepted request: finds out whose yes it takes, and asks them. Nothing that people or policies go by is taken from the event
 * unless the acceptance proves it: names, and where accounts stand among the units, are read from AWS again.
 */
export async function onAccessRequestAccepted({ data, metadata }: Received<AccessRequestAcceptedV1>, ports: Ports): Promise<void> {
  const { approvals, evidence, people, places } = ports;
  await evidence.verifyAcceptance(data);
  const { requestId } = data;
  const known = await approvals.load(requestId);
  if (known === undefined || known.phase === 'unknown') {
    const requester = await people.find(data.requester.userId);
    const askedBy = data.askedBy && (await people.find(data.askedBy.userId));
    const targets = await readTargets(data.grants, places);
    const extendedUntil = data.extends === undefined ? undefined : latestEndOf(await approvals.load(data.extends));
    const request = { ...toRequest(data, targets, requester, askedBy), ...(extendedUntil === undefined ? {} : { extendedUntil }) };
    const plan = data.extends !== undefined && extendedUntil === undefined ? notRunning(data.extends) : await planFor(data, targets, requester, ports);
    const eligible = plan.kind === 'ask' ? await eligibleApprovers(plan.policies, request, people) : {};
    const review = plan.kind === 'impossible' || 'problem' in requester ? undefined : await planReview(data, request, targets.flatMap((one) => one?.target ?? []), requester.person, ports);
    await approvals.execute(requestId, { type: 'begin', request, plan, eligible, ...(review === undefined ? {} : { review }) }, metadata);
  }
  await settle(requestId, metadata, ports);
}

async function planFor(
  data: AccessRequestAcceptedV1,
  read: readonly (ReadTarget | undefined)[],
  requester: Lookup,
  ports: Ports,
): Promise<Plan> {
  const { grants, administrators, askedBy, approvalDeadlineMinutes } = data;
  if ('problem' in requester) return impossible(requester.problem);
  if (!requester.person.enabled)
    return impossible({ code: 'ERR_REQUESTER_DISABLED', message: `${requester.person.userName} is disabled in the identity store` });
  const targets = read.flatMap((target) => target?.target ?? []);
  const gone = grants.find((_, i) => read[i] === undefined);
  if (gone !== undefined) {
    return impossible({
      code: 'ERR_TARGET_UNKNOWN',
      message: `account ${gone.accountId} or permission set ${gone.permissionSetArn} does not exist any more`,
    });
  }
  if (!data.approvalRequired) return { kind: 'no-approval-needed' };
  const standing = {
    groupIds: administrators.groupIds,
    userIds: [...administrators.userIds, ...(askedBy === undefined ? [] : [askedBy.userId])],
  };
  return planOf(targets, requester.person, standing, approvalDeadlineMinutes, ports);
}

/** Only what is approved has an end that can be put off. This service signed it, so it need not be asked of anybody. */
const latestEndOf = (extended: State | undefined): string | undefined => (extended?.phase === 'approved' ? extended.latestEnd : undefined);

const notRunning = (requestId: string): Plan =>
  impossible({ code: 'ERR_EXTENDS_NOT_APPROVED', message: `request ${requestId} is not approved, so there is nothing to extend; ask again once it runs` });

const impossible = (reason: Reason): Plan => ({ kind: 'impossible', reason });

function toRequest(
  data: AccessRequestAcceptedV1,
  read: readonly (ReadTarget | undefined)[],
  requester: Lookup,
  askedBy: Lookup | undefined,
): AcceptedRequest {
  const { requestId, requestDigest, startAt, durationMinutes, justification, ticket, breakGlass, administrators, acceptedAt, acceptance } =
    data;
  return {
    requestId,
    requestDigest,
    requester: asNamedByAws(requester, data.requester.userId),
    ...(data.askedBy === undefined || askedBy === undefined ? {} : { askedBy: asNamedByAws(askedBy, data.askedBy.userId) }),
    grants: read.flatMap((target) => target?.grant ?? []),
    ...(startAt === undefined ? {} : { startAt }),
    durationMinutes,
    ...(justification === undefined ? {} : { justification }),
    ...(ticket === undefined ? {} : { ticket }),
    breakGlass,
    ...(data.commentRequired === undefined ? {} : { commentRequired: data.commentRequired }),
    ...(data.extends === undefined ? {} : { extends: data.extends }),
    ...(data.stretch === undefined ? {} : { stretch: data.stretch }),
    administrators,
    acceptedAt,
    acceptance,
  };
}

/** Somebody whom AWS does not name any more is called by their id, not by a name that only an event gave them. */
function asNamedByAws(lookup: Lookup, claimedId: string): Person {
  if ('problem' in lookup) return { userId: claimedId, userName: claimedId };
  const { userId, userName, displayName } = lookup.person;
  return { userId, userName, ...(displayName === undefined ? {} : { displayName }) };
}
