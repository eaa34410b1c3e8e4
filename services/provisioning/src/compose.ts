import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { accessExpiredV1, accessRevokedV1, accessWindowOpenedV1 } from '@team/contracts';
import {
  consumeWakes,
  createOnce,
  createServiceKit,
  createVerifier,
  queueOf,
  route,
  tableOf,
  type MinuteHandler,
  type Platform,
  type SqsHandler,
} from '@team/runtime';
import { identityCenterAssignments } from './adapters/identity-center-assignments.ts';
import { oncePerEvent } from './adapters/once-per-event.ts';
import { signedEvidence } from './adapters/signed-evidence.ts';
import { wakeQueue } from './adapters/wake-queue.ts';
import { workIndex } from './adapters/work-index.ts';
import { decideAndWake } from './application/decide-and-wake.ts';
import { createDispatch } from './application/dispatch.ts';
import { onAccessExpired } from './application/on-access-expired.ts';
import { onAccessRevoked } from './application/on-access-revoked.ts';
import { onAccessWindowOpened } from './application/on-access-window-opened.ts';
import { onAssignmentDue } from './application/on-assignment-due.ts';
import { onDispatcherDue, wakeForWork } from './application/on-dispatcher-due.ts';
import type { Limits } from './application/pass.ts';
import { decide } from './domain/decide.ts';
import { decideDispatcher, evolveDispatcher } from './domain/dispatcher/decide.ts';
import { dispatcherDueAt } from './domain/dispatcher/state.ts';
import { evolve } from './domain/evolve.ts';
import { dueAt, forgetAt, workOf } from './domain/next-step.ts';
import { manifest } from './manifest.ts';

export interface ProvisioningPlatform extends Platform {
  /** Must try each call once (`maxAttempts: 1`): see `identityCenterAssignments`. */
  readonly ssoAdmin: SSOAdminClient;
  readonly instanceArn: string;
  /** Default: ten operations under way, which is all there are, and 12 of the 20 calls a second, which leaves some to others. */
  readonly limits?: Partial<Limits>;
  /** Waits (ms) on the platform's own clock. Where it is given, a pass stays for what is due within two seconds. */
  readonly wait?: (ms: number) => Promise<void>;
}

export interface ProvisioningHandlers {
  readonly inbox: SqsHandler;
  readonly timers: SqsHandler;
  readonly sweep: MinuteHandler;
  readonly dispatch: SqsHandler;
}

const usualLimits: Limits = { outstanding: 10, callsPerSecond: 12 };

/** The provisioning service on a platform. */
export function compose(platform: ProvisioningPlatform): ProvisioningHandlers {
  const { clients, config, clock, newId, logger, ssoAdmin, instanceArn, limits, wait } = platform;
  const kit = createServiceKit(manifest, platform);
  const assignments = kit.aggregate('aggregates', { decide, evolve, dueAt, forgetAt, index: (state) => ({ ...workOf(state) }) });
  const dispatcher = kit.aggregate('aggregates', { decide: decideDispatcher, evolve: evolveDispatcher, dueAt: dispatcherDueAt });
  const work = workIndex(kit.store('aggregates'));
  const dispatchQueue = queueOf(config, 'dispatch');
  const wake = wakeQueue(clients.sqs, dispatchQueue.url, newId);
  const evidence = signedEvidence(createVerifier(clients.kms), config);
  const once = createOnce(clients.dynamo, tableOf(config, 'once'));
  const decideNow = decideAndWake(assignments, wake, logger);
  const dispatch = createDispatch({
    assignments,
    dispatcher,
    directoryFor: identityCenterAssignments(ssoAdmin, instanceArn),
    work,
    clock,
    log: logger,
    limits: { ...usualLimits, ...limits },
    wait,
  });
  const sweep = kit.sweep();
  const lookForWork = wakeForWork(dispatcher, work, wake, clock);

  return {
    inbox: kit.events('inbox', [
      route(accessWindowOpenedV1, (event, context) => onAccessWindowOpened(decideNow, evidence, oncePerEvent(once, context))(event)),
      route(accessExpiredV1, (event, context) => onAccessExpired(decideNow, oncePerEvent(once, context))(event)),
      route(accessRevokedV1, (event, context) => onAccessRevoked(decideNow, oncePerEvent(once, context))(event)),
    ]),
    timers: kit.timers({ assignment: onAssignmentDue(decideNow), dispatcher: onDispatcherDue(dispatcher, wake, clock) }),
    sweep: async (event, context) => {
      await sweep(event, context);
      await lookForWork();
    },
    dispatch: consumeWakes(dispatchQueue, clients.sqs, logger, (_wake, context) => dispatch(context.awsRequestId)),
  };
}
