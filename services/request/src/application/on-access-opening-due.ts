import type { AccessOpeningDueV1 } from '@team/contracts';
import type { ReceivedEvent } from '@team/runtime';
import { TeamError } from '@team/runtime';
import { reassess } from '../domain/still-eligible.ts';
import { findPerson, type FactSources } from './gather-facts.ts';
import { requestKey, type RequestAggregate } from './judge-received.ts';

/** Judges again, at the start of scheduled access, whether the person would still be allowed to have it. */
export function onAccessOpeningDue(requests: RequestAggregate, { directory, policies }: FactSources) {
  return async ({ data, metadata, cause }: ReceivedEvent<AccessOpeningDueV1>): Promise<void> => {
    const key = requestKey(data.requestId);
    const state = await requests.load(key);
    if (state?.accepted === undefined) throw new TeamError('ERR_REQUEST_NOT_ACCEPTED', `request ${data.requestId} was never accepted here`);
    if (state.answeredOpenings.includes(metadata.eventId)) return;
    const { accepted } = state;
    const accountIds = [...new Set(accepted.grants.map((grant) => grant.accountId))];
    const [person, accounts, { eligibility, limits }] = await Promise.all([
      findPerson(directory, accepted.requester.userId),
      Promise.all(accountIds.map(async (id) => [id, await directory.findAccount(id)] as const)),
      policies.load(),
    ]);
    const requester = typeof person === 'object' ? person : undefined;
    const judged = reassess(accepted, data.grantIds, requester, new Map(accounts), eligibility, limits);
    await requests.execute(key, { type: 'answer-opening', openingDueId: metadata.eventId, ...judged }, cause);
  };
}
