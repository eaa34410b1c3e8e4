import type { SignInConfig } from '@team/portal/compose';
import type { ActivityConfig, LogLevel } from '@team/runtime';
import type { Context } from 'aws-lambda';
import type { Random } from '../cloud/random.ts';
import type { Objects } from '../cloud/s3/objects.ts';
import type { Store } from '../cloud/store.ts';
import type { Timeline } from '../cloud/timeline.ts';
import type { Allows } from '../authorization/index.ts';
import type { RouterOptions } from '../cloud/wire/router.ts';
import type { DeliveryFaults } from '../cloud/eventbridge/delivery.ts';
import type { Organization, SsoAdminOptions } from '../identity/index.ts';
import type { LoadedPolicies } from '../policies/index.ts';
import type { Composers } from './compose-services.ts';

/** What a local system is made of, and what its time and chance come from. */
export interface SystemOptions {
  readonly organization: Organization;
  readonly policies: LoadedPolicies;
  readonly store: Store;
  /** Where archived objects are kept; in memory where it is not given. */
  readonly objects?: Objects;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly logLevel: LogLevel;
  /** What functions' time-outs are measured on: real time beside an accelerated timeline. */
  readonly executionClock: Timeline;
  /** Where the HTTP server will listen, as it stands in queue URLs. */
  readonly endpoint: string;
  /** Tries per AWS call; above 1 the SDK waits real time between them. */
  readonly maxAttempts: number;
  readonly identityCenter?: Pick<SsoAdminOptions, 'latency' | 'firstUseLatency' | 'outstanding' | 'callsPerSecond'>;
  readonly composers?: Partial<Composers>;
  readonly around?: Around;
  /** What happens to events on their way to queues. */
  readonly deliveryFaults?: DeliveryFaults;
  readonly intercept?: NonNullable<RouterOptions['intercept']>;
  readonly iam?: IamOptions;
  /** The door for people beside the five services, and where they sign in; without it, nothing of it is there. */
  readonly portal?: SignInConfig | undefined;
  /** Where audit reads what people did; LookupEvents unless told. */
  readonly activity?: ActivityConfig | undefined;
  /** When it does, in minutes after the last credentials ended; audit's own usual times unless told. */
  readonly collectActivityAfterMinutes?: readonly number[] | undefined;
}

/**
 * Each function in a role of its own, through clients of its own, as on Lambda, and every call of functions and emitters judged as IAM
 * would. Without it, each service calls as itself, by the local run's own rights.
 */
export interface IamOptions {
  /** ARN of the role of a function, by its physical name. Throws where it has none. */
  readonly roleOf: (functionName: string) => string;
  readonly allows: Allows;
}

/** Stands around an invocation of a service's function, by the manifest's names; `run` does what would have been done. */
export type Around = (invocation: { readonly service: string; readonly name: string; readonly context: Context }, run: () => Promise<unknown>) => Promise<unknown>;
