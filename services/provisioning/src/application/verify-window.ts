import type { AccessWindowOpenedV1 } from '@team/contracts';
import type { Reason } from '../domain/events.ts';
import { flawIn, type Decision, type Signed } from '../domain/evidence.ts';
import type { Evidence } from './ports.ts';

/** Verifies the whole evidence of an opened window: every signature, then every link between them. Gives what is wrong, if anything is. */
export async function verifyWindow(evidence: Evidence, data: AccessWindowOpenedV1): Promise<Reason | undefined> {
  const { requestId, grant, principal, window, endsAt, breakGlass } = data;
  const { grantId, accountId, permissionSetArn } = grant;
  const proof = await evidence.proof(data.proof);
  if (!proof.ok) return proof.reason;
  const acceptance = await evidence.acceptance(data.acceptance);
  if (!acceptance.ok) return acceptance.reason;
  const decisions: Signed<Decision>[] = [];
  for (const jws of data.decisions) {
    const decision = await evidence.decision(jws);
    if (!decision.ok) return decision.reason;
    decisions.push(decision.signed);
  }
  return flawIn({
    asked: { requestId, grantId, principalId: principal.userId, accountId, permissionSetArn, breakGlass, window, endsAt },
    derivedGrantId: evidence.grantIdOf(requestId, accountId, permissionSetArn),
    proof: proof.signed,
    acceptance: acceptance.signed,
    decisions,
  });
}
