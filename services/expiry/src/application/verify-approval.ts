import type { AccessApprovedV1 } from '@team/contracts';
import { flawIn } from '../domain/evidence.ts';
import type { Evidence, FinalError } from './ports.ts';

/**
 * Verifies that an approval is what the approval service signed, about what the request service accepted: every signature, then every
 * link. Gives what counts by the acceptance's own word. Decisions are not read here: the proofs name them by hash, and provisioning
 * verifies them before it assigns.
 *
 * @throws a final error with the code of the first thing that is wrong; a retryable one while the keys cannot be read
 */
export async function verifyApproval(evidence: Evidence, finalError: FinalError, data: AccessApprovedV1): Promise<{ readonly acceptedAt: string }> {
  const acceptance = await evidence.acceptance(data.acceptance);
  const proofs = await Promise.all(data.grants.map(({ proof }) => evidence.proof(proof)));
  const flaw = flawIn({
    said: data,
    digest: evidence.digestOf(data),
    acceptance,
    acceptanceHash: evidence.hashOf(data.acceptance),
    decisionHashes: data.decisions.map(evidence.hashOf),
    proofs,
  });
  if (flaw !== undefined) throw finalError(flaw.code, flaw.message);
  return { acceptedAt: acceptance.acceptedAt };
}
