import {
  accessCancelledV1,
  accessDeniedV1,
  accessEndedV1,
  accessGrantFailedV1,
  accessOpeningDueV1,
  accessRequestedV1,
  approvalExpiredV1,
} from '@team/contracts';
import type { Directory } from '@team/directory';
import { createServiceKit, createSigner, route, type MinuteHandler, type Platform, type SqsHandler } from '@team/runtime';
import { createPolicyTable, replacePolicies } from './adapters/policy-table.ts';
import type { JudgeDependencies } from './application/judge-received.ts';
import { onAccessOpeningDue } from './application/on-access-opening-due.ts';
import { onAccessRequested, onRequestDue, refuseMalformedRequest } from './application/on-access-requested.ts';
import { onGrantOver, onRequestOver } from './application/on-request-over.ts';
import type { RequestPolicies } from './application/ports.ts';
import { decideRequester, evolveRequester } from './domain/admission.ts';
import { decideRequest, evolveRequest, requestDueAt } from './domain/request.ts';
import { manifest } from './manifest.ts';

export interface RequestPlatform extends Platform {
  readonly directory: Directory;
}

export interface RequestHandlers {
  readonly inbox: SqsHandler;
  readonly timers: SqsHandler;
  readonly sweep: MinuteHandler;
}

/** The request service on a platform. */
export function compose(platform: RequestPlatform): RequestHandlers {
  const { clients, config, clock, directory } = platform;
  const kit = createServiceKit(manifest, platform);
  const signer = createSigner(clients.kms, config.keys.acceptance);
  const dependencies: JudgeDependencies = {
    requests: kit.aggregate('aggregates', { decide: decideRequest, evolve: evolveRequest, dueAt: requestDueAt }),
    requesters: kit.aggregate('aggregates', { decide: decideRequester, evolve: evolveRequester }),
    sources: {
      directory,
      policies: createPolicyTable(clients.documents, policyTableOf(platform), clock),
      emitters: config.emitters,
      ownAccount: config.ownAccount,
    },
    sign: (claims) => signer.sign('team-acceptance+jws', claims),
    clock,
  };
  const whenOver = onRequestOver(dependencies);
  const whenGrantOver = onGrantOver(dependencies);
  return {
    inbox: kit.events('inbox', [
      route(accessRequestedV1, onAccessRequested(dependencies), refuseMalformedRequest(dependencies)),
      route(accessOpeningDueV1, onAccessOpeningDue(dependencies.requests, dependencies.sources)),
      route(accessDeniedV1, whenOver),
      route(approvalExpiredV1, whenOver),
      route(accessCancelledV1, whenOver),
      route(accessGrantFailedV1, whenGrantOver),
      route(accessEndedV1, whenGrantOver),
    ]),
    timers: kit.timers({ request: onRequestDue(dependencies) }),
    sweep: kit.sweep(),
  };
}

/** Lays down eligibility policies and limits in place of whatever was laid down before. */
export function seedPolicies(platform: Platform, policies: RequestPolicies): Promise<void> {
  return replacePolicies(platform.clients.documents, policyTableOf(platform), policies);
}

const policyTableOf = ({ config }: Platform): string => config.tables['policies'] ?? '';
