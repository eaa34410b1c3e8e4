import type { AccessOpeningDueV1 } from '@team/contracts';
import type { AcceptedRequest } from '../domain/events.ts';
import { reassess, type Reassessment } from '../domain/still-eligible.ts';
import { indexOf } from '../domain/policy-index.ts';
import { knownAccount, knownPermissionSet } from './known-places.ts';
import type { Ports, Received } from './ports.ts';

/**
 * Judges again, at the start of scheduled access, whether the person would still be allowed to have it. What was never accepted
 * here has lapsed: whatever approval it rests on, this service did not say yes to it.
 */
export async function onAccessOpeningDue(event: Received<AccessOpeningDueV1>, ports: Ports): Promise<void> {
  const { data, metadata, cause } = event;
  const { requests } = ports;
  const { requestId, grantIds } = data;
  const openingDueId = metadata.eventId;
  const known = await requests.load(requestId);
  const state = known?.accepted === undefined ? await disown(event, ports) : known;
  if (state?.accepted === undefined || state.answeredOpenings.includes(openingDueId)) return;
  const judged = await judgeAgain(state.accepted, grantIds, ports);
  await requests.execute(requestId, { type: 'answer-opening', openingDueId, ...judged }, cause);
}

async function disown({ data, metadata, source, account, cause }: Received<AccessOpeningDueV1>, { requests, evidence }: Ports) {
  const emitter = { source, account };
  const contentDigest = evidence.digestOf({ ...emitter, data });
  const { requestId, grantIds } = data;
  const disowned = { type: 'disown-opening', requestId, openingDueId: metadata.eventId, grantIds, contentDigest, emitter } as const;
  return (await requests.execute(requestId, disowned, cause)).state;
}

async function judgeAgain(
  accepted: AcceptedRequest,
  grantIds: readonly string[],
  { people, places, policies, clock }: Ports,
): Promise<Reassessment> {
  const { eligibility, limits } = await policies.load();
  const index = indexOf(eligibility);
  const accountIds = [...new Set(accepted.grants.map((grant) => grant.accountId))];
  const arns = [...new Set(accepted.grants.map((grant) => grant.permissionSetArn))];
  const [person, accounts, permissionSets] = await Promise.all([
    people.find(accepted.requester.userId),
    Promise.all(accountIds.map(async (id) => [id, await knownAccount(id, places, index)] as const)),
    Promise.all(arns.map(async (arn) => [arn, await knownPermissionSet(arn, places, index)] as const)),
  ]);
  const requester = typeof person === 'object' ? person : undefined;
  const known = { accounts: new Map(accounts), permissionSets: new Map(permissionSets), now: clock() };
  return reassess(accepted, grantIds, requester, known, eligibility, limits);
}
