import type {
  AccessRequestAcceptedV1,
  AccessRequestedV1,
  AccessRequestRejectedV1,
  DuplicateRequestIgnoredV1,
  EligibilityConfirmedV1,
  EligibilityLapsedV1,
  EligibilityPolicy as ContractPolicy,
  EmitterRegistration,
  Limits as ContractLimits,
  maximumReasons as contractMaximum,
} from '@team/contracts';
import type { Emitter } from './emitter.ts';
import type { AskedRequest, DataOf } from './events.ts';
import type { EligibilityPolicy, Limits } from './policy.ts';
import type { maximumReasons } from './reasons.ts';

type DeepReadonly<Value> = Value extends object ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> } : Value;
type Fits<Data extends DeepReadonly<Contract>, Contract> = [Data, Contract];

/** The domain names no contract; that it understands and says what the contracts say is proven here. */
export type Proven = [
  Fits<DataOf<'AccessRequestAccepted.v1'>, AccessRequestAcceptedV1>,
  Fits<DataOf<'AccessRequestRejected.v1'>, AccessRequestRejectedV1>,
  Fits<DataOf<'DuplicateRequestIgnored.v1'>, DuplicateRequestIgnoredV1>,
  Fits<DataOf<'EligibilityConfirmed.v1'>, EligibilityConfirmedV1>,
  Fits<DataOf<'EligibilityLapsed.v1'>, EligibilityLapsedV1>,
  Fits<AccessRequestedV1, AskedRequest>,
  Fits<ContractPolicy, EligibilityPolicy>,
  Fits<ContractLimits, Limits>,
  Fits<EmitterRegistration, Emitter>,
  Fits<typeof maximumReasons, typeof contractMaximum>,
  // @ts-expect-error a fact with other data does not fit
  Fits<DataOf<'EligibilityLapsed.v1'>, EligibilityConfirmedV1>,
];
