import { policyChangeDecidedV1 } from '@team/contracts';
import type { ChangeTaken, PolicyDecision } from '../contract/index.ts';
import { changeTakenAs } from './change-taken-as.ts';
import { requireAdministrator } from './governing.ts';
import { same } from '../domain/same.ts';
import { isOwnProposal, policiesInForce } from './policies-in-force.ts';
import type { SignedIn, Signer } from './ports.ts';
import { Refusal } from './refusal.ts';
import { requireRecentSignIn } from './require-recent-sign-in.ts';
import type { SubmitPorts } from './submit-change.ts';

/**
 * Agrees or disagrees with a change that waits, signed as a decision on a request is: nothing is signed that could not count.
 *
 * @throws ERR_SIGN_IN_TOO_OLD, ERR_ADMINISTRATORS_ONLY, ERR_CHANGE_UNKNOWN, ERR_SELF_AGREEMENT
 */
export async function decideOnChange(changeId: string, { verdict, comment }: PolicyDecision, person: SignedIn, ports: SubmitPorts & { readonly signer: Signer }): Promise<ChangeTaken> {
  requireRecentSignIn(person, ports.now());
  await requireAdministrator(person, ports);
  const { proposals } = await policiesInForce(ports.services);
  const proposal = proposals.find(({ change }) => same(change.changeId, changeId));
  if (proposal === undefined) throw new Refusal('unknown', 'ERR_CHANGE_UNKNOWN', `no change ${changeId} waits for a decision; it may have been decided, or its time is over`);
  if (isOwnProposal(proposal, person)) throw new Refusal('forbidden', 'ERR_SELF_AGREEMENT', 'you proposed this; another administrator must agree, or disagree');
  const { changeId: id, kind, digest } = proposal.change;
  const decidedAt = ports.now();
  const signature = await ports.signer.policyDecision({ changeId: id, changeDigest: digest, decider: person.userId, verdict, authTime: person.authTime });
  await ports.intents.put(policyChangeDecidedV1, undefined, { changeId: id, kind, decider: person.userName, verdict, ...(comment === undefined ? {} : { comment }), signature });
  return changeTakenAs(id, decidedAt);
}
