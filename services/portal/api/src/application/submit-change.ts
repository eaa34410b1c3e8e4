import { approverPolicySubmittedV1, bundleSubmittedV1, eligibilityPolicySubmittedV1, limitsSubmittedV1 } from '@team/contracts';
import type { ChangeTaken, PolicyChange } from '../contract/index.ts';
import { changeTakenAs } from './change-taken-as.ts';
import { requireAdministrator } from './governing.ts';
import type { Intents, People, Services, SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';
import { requireRecentSignIn } from './require-recent-sign-in.ts';

export interface SubmitPorts {
  readonly people: People;
  readonly services: Pick<Services, 'requestPolicies' | 'approverPolicies'>;
  readonly intents: Intents;
  readonly newId: () => string;
  /** ms since the epoch */
  readonly now: () => number;
}

/**
 * Submits a change of one policy in the name of who is signed in. Whether it holds at once, waits or is refused is for the service that
 * keeps such policies.
 *
 * @throws ERR_SIGN_IN_TOO_OLD, ERR_ADMINISTRATORS_ONLY, ERR_LIMITS_NEEDED
 */
export async function submitChange(change: PolicyChange, person: SignedIn, ports: SubmitPorts): Promise<ChangeTaken> {
  requireRecentSignIn(person, ports.now());
  await requireAdministrator(person, ports);
  const changeId = ports.newId();
  await put(change, { changeId, submittedBy: person.userName, expectedVersion: change.expectedVersion }, ports.intents);
  return changeTakenAs(changeId);
}

function put(change: PolicyChange, common: { readonly changeId: string; readonly submittedBy: string; readonly expectedVersion: number }, intents: Intents): Promise<void> {
  switch (change.kind) {
    case 'EligibilityPolicy':
      return intents.put(eligibilityPolicySubmittedV1, undefined, { ...common, policyId: change.id, ...(change.policy === undefined ? {} : { policy: change.policy }) });
    case 'ApproverPolicy':
      return intents.put(approverPolicySubmittedV1, undefined, { ...common, policyId: change.id, ...(change.policy === undefined ? {} : { policy: change.policy }) });
    case 'Bundle':
      return intents.put(bundleSubmittedV1, undefined, { ...common, bundleId: change.id, ...(change.policy === undefined ? {} : { bundle: change.policy }) });
    case 'Limits':
      if (change.policy === undefined) throw new Refusal('invalid', 'ERR_LIMITS_NEEDED', 'limits cannot be removed, only replaced');
      return intents.put(limitsSubmittedV1, undefined, { ...common, limits: change.policy });
  }
}
