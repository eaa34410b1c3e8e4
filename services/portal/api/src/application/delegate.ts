import { delegationSubmittedV1 } from '@team/contracts';
import type { Delegation, DelegationTaken } from '../contract/index.ts';
import type { SignedIn } from './ports.ts';
import { requireRecentSignIn } from './require-recent-sign-in.ts';
import { standingOf } from './standing-of.ts';
import type { SubmitPorts } from './submit-change.ts';

/**
 * Has somebody else decide in the place of who is signed in, or no longer. Nobody delegates for others here; whether the two may is for
 * the approval service.
 *
 * @throws ERR_SIGN_IN_TOO_OLD
 */
export async function delegate({ delegationId: known, delegate: other, from, until }: Delegation, person: SignedIn, { people, intents, newId, now }: Omit<SubmitPorts, 'services'>): Promise<DelegationTaken> {
  requireRecentSignIn(person, now());
  await standingOf(people, person, 'live');
  const delegationId = known ?? newId();
  const sentAt = new Date(now()).toISOString();
  await intents.put(delegationSubmittedV1, undefined, { delegationId, delegator: person.userName, ...(other === undefined ? {} : { delegate: other }), from, until });
  return { delegationId, href: `/v1/delegations/${delegationId}?since=${sentAt}` };
}
