import {
  accessApprovedV1,
  accessEndedV1,
  accessGrantedV1,
  accessGrantFailedV1,
  accessRevocationRequestedV1,
  eligibilityConfirmedV1,
  eligibilityLapsedV1,
  type AccessApprovedV1,
} from '@team/contracts';
import type { PeopleDirectory } from '@team/directory';
import {
  createServiceKit,
  createVerifier,
  digestOf,
  isOutage,
  OutageError,
  route,
  TeamError,
  type MinuteHandler,
  type Platform,
  type SqsHandler,
} from '@team/runtime';
import { directoryPeople } from './adapters/directory-people.ts';
import { signedEvidence } from './adapters/signed-evidence.ts';
import { followPointers } from './application/follow-pointers.ts';
import { onAccessApproved } from './application/on-access-approved.ts';
import { onAccessEnded } from './application/on-access-ended.ts';
import { onAccessGrantFailed } from './application/on-access-grant-failed.ts';
import { onAccessGranted } from './application/on-access-granted.ts';
import { leaveMalformedToApproval, onAccessRevocationRequested } from './application/on-access-revocation-requested.ts';
import { onEligibilityConfirmed } from './application/on-eligibility-confirmed.ts';
import { onEligibilityLapsed } from './application/on-eligibility-lapsed.ts';
import { onRequestDue } from './application/on-request-due.ts';
import type { FinalError, Judging } from './application/ports.ts';
import { verifyApproval } from './application/verify-approval.ts';
import { decide } from './domain/decide.ts';
import { evolve } from './domain/evolve.ts';
import { dueAt, forgetAt } from './domain/steps.ts';
import { manifest } from './manifest.ts';

export interface ExpiryPlatform extends Platform {
  readonly directory: PeopleDirectory;
}

export interface ExpiryHandlers {
  readonly inbox: SqsHandler;
  readonly timers: SqsHandler;
  readonly sweep: MinuteHandler;
}

/** The pure functions and the ports that the service is made of. */
export const usualParts = {
  decide,
  evolve,
  dueAt,
  forgetAt,
  directoryPeople,
  signedEvidence,
  verifyApproval,
} as const;
export type ExpiryParts = typeof usualParts;

/** The expiry service on a platform. `parts` take the place of the usual ones, so that a test can see what one that errs would do. */
export function compose(platform: ExpiryPlatform, parts: Partial<ExpiryParts> = {}): ExpiryHandlers {
  const { clients, config, directory, logger } = platform;
  const use = { ...usualParts, ...parts };
  const kit = createServiceKit(manifest, platform);
  const requests = followPointers(kit.aggregate('aggregates', { decide: use.decide, evolve: use.evolve, dueAt: use.dueAt, forgetAt: use.forgetAt }));
  const judging: Judging = {
    people: use.directoryPeople(directory),
    isOutage: (error) => error instanceof OutageError || isOutage(error),
    note: (message, facts) => logger.warn(message, facts),
  };
  const finalError: FinalError = (code, message) => new TeamError(code, message);
  const evidence = use.signedEvidence(createVerifier(clients.kms), config.keys);
  const verify = (data: AccessApprovedV1) => use.verifyApproval(evidence, finalError, data);
  return {
    inbox: kit.events('inbox', [
      route(accessApprovedV1, onAccessApproved(requests, judging, { verify, digest: digestOf, finalError })),
      route(
        accessRevocationRequestedV1,
        onAccessRevocationRequested(requests, judging, config.emitters, digestOf),
        leaveMalformedToApproval((message, facts) => logger.info(message, facts)),
      ),
      route(accessGrantedV1, onAccessGranted(requests, finalError)),
      route(accessGrantFailedV1, onAccessGrantFailed(requests, finalError)),
      route(accessEndedV1, onAccessEnded(requests, finalError)),
      route(eligibilityConfirmedV1, onEligibilityConfirmed(requests)),
      route(eligibilityLapsedV1, onEligibilityLapsed(requests)),
    ]),
    timers: kit.timers({ request: onRequestDue(requests, judging) }),
    sweep: kit.sweep(),
  };
}
