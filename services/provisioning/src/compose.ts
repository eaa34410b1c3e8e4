import type { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { accessExpiredV1, accessRevokedV1, accessWindowOpenedV1, type AccessWindowOpenedV1 } from '@team/contracts';
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
import { checkAttributes, checksIndex } from './adapters/checks-index.ts';
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
import { besideEachOther, onDispatcherDue, wakeForWork } from './application/on-dispatcher-due.ts';
import type { Limits } from './application/pass.ts';
import { createReconcile } from './application/reconcile.ts';
import { verifyWindow } from './application/verify-window.ts';
import { decide } from './domain/decide.ts';
import { decideDispatcher, evolveDispatcher } from './domain/dispatcher/decide.ts';
import { dispatcherDueAt } from './domain/dispatcher/state.ts';
import { evolve } from './domain/evolve.ts';
import { dueAt, forgetAt, nextStep, workOf } from './domain/next-step.ts';
import { minuteMs } from './domain/time.ts';
import { checkAt } from './domain/watch.ts';
import { manifest } from './manifest.ts';

/** How Identity Center is compared with what is wanted. */
export interface Reconciliation {
  /** How often it is asked about an assignment that a grant holds. */
  readonly checkEveryMinutes: number;
  /** Whether a granted assignment that somebody removed is created again, within the signed bounds of its grant. */
  readonly recreateMissing: boolean;
}

export interface ProvisioningPlatform extends Platform {
  /** Must try each call once (`maxAttempts: 1`): see `identityCenterAssignments`. */
  readonly ssoAdmin: SSOAdminClient;
  readonly instanceArn: string;
  /** Default: ten operations under way, which is all there are, and 15 of the 20 calls a second, which leaves some to others. */
  readonly limits?: Partial<Limits>;
  /** Default: every 15 minutes, and what somebody removed stays removed. */
  readonly reconciliation?: Partial<Reconciliation>;
  /** Waits (ms) on the platform's own clock. Where it is given, a pass stays for what is due within two seconds. */
  readonly wait?: (ms: number) => Promise<void>;
}

export interface ProvisioningHandlers {
  readonly inbox: SqsHandler;
  readonly timers: SqsHandler;
  readonly sweep: MinuteHandler;
  readonly reconcile: MinuteHandler;
  readonly dispatch: SqsHandler;
}

const usualLimits: Limits = { outstanding: 10, callsPerSecond: 15 };
const usualReconciliation: Reconciliation = { checkEveryMinutes: 15, recreateMissing: false };

/** The pure functions and the ports that the service is made of. */
export const usualParts = {
  decide,
  evolve,
  dueAt,
  forgetAt,
  workOf,
  checkAt,
  nextStep,
  decideDispatcher,
  evolveDispatcher,
  dispatcherDueAt,
  verifyWindow,
  oncePerEvent,
  signedEvidence,
  workIndex,
  checksIndex,
  wakeQueue,
  identityCenterAssignments,
} as const;
export type ProvisioningParts = typeof usualParts;

/** The provisioning service on a platform. `parts` take the place of the usual ones, so that a test can see what one that errs would do. */
export function compose(platform: ProvisioningPlatform, parts: Partial<ProvisioningParts> = {}): ProvisioningHandlers {
  const { clients, config, clock, newId, logger, ssoAdmin, instanceArn, limits, wait } = platform;
  const use = { ...usualParts, ...parts };
  const { checkEveryMinutes, recreateMissing } = { ...usualReconciliation, ...platform.reconciliation };
  const kit = createServiceKit(manifest, platform);
  const assignments = kit.aggregate('aggregates', {
    decide: use.decide,
    evolve: use.evolve,
    dueAt: use.dueAt,
    forgetAt: use.forgetAt,
    index: (state) => ({ ...use.workOf(state), ...checkAttributes(state.assignment, use.checkAt(state, checkEveryMinutes * minuteMs)) }),
  });
  const dispatcher = kit.aggregate('aggregates', { decide: use.decideDispatcher, evolve: use.evolveDispatcher, dueAt: use.dispatcherDueAt });
  const work = use.workIndex(kit.store('aggregates'));
  const dispatchQueue = queueOf(config, 'dispatch');
  const wake = use.wakeQueue(clients.sqs, dispatchQueue.url, newId);
  const evidence = use.signedEvidence(createVerifier(clients.kms), config);
  const verify = (data: AccessWindowOpenedV1) => use.verifyWindow(evidence, data);
  const once = createOnce(clients.dynamo, tableOf(config, 'once'));
  const decideNow = decideAndWake(assignments, wake, logger);
  const dispatch = createDispatch({
    assignments,
    dispatcher,
    directoryFor: use.identityCenterAssignments(ssoAdmin, instanceArn),
    nextStep: use.nextStep,
    recreateMissing,
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
      route(accessWindowOpenedV1, (event, context) => onAccessWindowOpened(decideNow, verify, use.oncePerEvent(once, context))(event)),
      route(accessExpiredV1, (event, context) => onAccessExpired(decideNow, use.oncePerEvent(once, context))(event)),
      route(accessRevokedV1, (event, context) => onAccessRevoked(decideNow, use.oncePerEvent(once, context))(event)),
    ]),
    timers: kit.timers({ assignment: onAssignmentDue(decideNow), dispatcher: onDispatcherDue(dispatcher, wake, clock) }),
    sweep: (event, context) => besideEachOther(() => sweep(event, context), lookForWork),
    reconcile: createReconcile(assignments, use.checksIndex(kit.store('aggregates')), lookForWork, clock, logger),
    dispatch: consumeWakes(dispatchQueue, clients.sqs, logger, (_wake, context) =>
      dispatch({ id: context.awsRequestId, leftMs: () => context.getRemainingTimeInMillis() }),
    ),
  };
}
