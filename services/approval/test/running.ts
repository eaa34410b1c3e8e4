import { KMSClient } from '@aws-sdk/client-kms';
import { createVerifier } from '@team/runtime';
import { fixedClock } from '@team/testing';
import { onAccessEnded } from '../src/application/on-access-ended.ts';
import { onAccessRequestAccepted } from '../src/application/on-access-request-accepted.ts';
import { onAccessReviewSubmitted } from '../src/application/on-access-review-submitted.ts';
import { onAccessRevocationRequested } from '../src/application/on-access-revocation-requested.ts';
import { onApprovalDecisionSubmitted } from '../src/application/on-approval-decision-submitted.ts';
import { onDelegationSubmitted } from '../src/application/on-delegation-submitted.ts';
import { onDue } from '../src/application/on-due.ts';
import { requestId, start } from './scenario.ts';
import type { ended, reviewed } from './after.ts';
import { accepted, service, submitted, type delegated, type revoked } from './service.ts';
import { publicKeys } from './signing.ts';

/** The use cases, in memory but for signatures, at the scenario's beginning. */
export function running() {
  const keys = publicKeys();
  const kms = new KMSClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: keys,
  });
  const verifier = createVerifier(kms);
  const clock = fixedClock(new Date(start).toISOString());
  const at = service(verifier, clock);
  const { ports } = at;
  return {
    ...at,
    keys,
    verifier,
    clock,
    accept: (event = accepted()) => onAccessRequestAccepted(event, ports),
    decide: (event = submitted('anna')) => onApprovalDecisionSubmitted(event, ports),
    revoke: (event: ReturnType<typeof revoked>) => onAccessRevocationRequested(event, ports),
    delegate: (event: ReturnType<typeof delegated>) => onDelegationSubmitted(event, ports),
    end: (event: ReturnType<typeof ended>) => onAccessEnded(event, ports),
    review: (event: ReturnType<typeof reviewed>) => onAccessReviewSubmitted(event, ports),
    due: () => onDue(requestId, ports),
  };
}
