import type { AccessApprovedV1, EmitterRegistration } from '@team/contracts';
import { fixedClock } from '@team/testing';
import { followPointers } from '../src/application/follow-pointers.ts';
import { onAccessApproved, type ApprovalPorts } from '../src/application/on-access-approved.ts';
import { onAccessEnded } from '../src/application/on-access-ended.ts';
import { onAccessGrantFailed } from '../src/application/on-access-grant-failed.ts';
import { onAccessGranted } from '../src/application/on-access-granted.ts';
import { onAccessRevocationRequested } from '../src/application/on-access-revocation-requested.ts';
import { onEligibilityConfirmed } from '../src/application/on-eligibility-confirmed.ts';
import { onEligibilityLapsed } from '../src/application/on-eligibility-lapsed.ts';
import { onRequestDue } from '../src/application/on-request-due.ts';
import type { People } from '../src/application/ports.ts';
import { inMemoryRequests } from './in-memory-requests.ts';
import { approval } from './received.ts';
import { alice } from './scenario.ts';

const portal: EmitterRegistration = {
  name: 'portal',
  roleArn: 'arn:aws:iam::111122223333:role/portal',
  source: 'team.portal',
  detailTypes: ['AccessRevocationRequested.v1'],
  mayDecide: { keyId: 'alias/portal' },
};

/** The one error that says that the directory is down. */
export const down = new Error('directory down');
/** Approvals whose evidence is in order; any other is refused. */
const genuine = ({ acceptance, acceptedAt }: AccessApprovedV1) =>
  acceptance === forged.acceptance ? Promise.reject(new Error('ERR_EVIDENCE_SIGNATURE')) : Promise.resolve({ acceptedAt });
export const forged = { ...approval({ startsAt: 30 }), acceptance: 'forged.by.mallory' };

/** The use cases on requests in memory, and a directory of the requester and strangers. */
export function service(verify: ApprovalPorts['verify'] = genuine) {
  const clock = fixedClock('2026-11-22T10:05:00.000Z');
  const stored = inMemoryRequests(clock);
  const requests = { ...stored, ...followPointers(stored) };
  let broken: Error | undefined;
  const people: People = {
    find: async (ref) => {
      if (broken !== undefined) throw broken;
      return ref === alice.userName ? alice : { userId: '93672a4c-0009-7009-8009-000000000009', userName: ref };
    },
    isMemberOfAny: async () => false,
  };
  const digest = (value: unknown) => JSON.stringify(value);
  const noted: string[] = [];
  const judging = { people, isOutage: (error: unknown) => error === down, note: (message: string) => void noted.push(message) };
  const finalError = (code: string, message: string) => new Error(`${code}: ${message}`);
  return {
    clock,
    requests,
    /** Every question about people fails so from now on. */
    directory: (error: Error | undefined) => void (broken = error),
    noted,
    approved: onAccessApproved(requests, judging, { verify, digest, finalError }),
    revoked: onAccessRevocationRequested(requests, judging, [portal], digest),
    granted: onAccessGranted(requests, finalError),
    failed: onAccessGrantFailed(requests, finalError),
    ended: onAccessEnded(requests, finalError),
    confirmed: onEligibilityConfirmed(requests),
    lapsed: onEligibilityLapsed(requests),
    due: onRequestDue(requests, judging),
  };
}
