import type {
  AccessApprovedV1,
  AccessCancelledV1,
  AccessDeniedV1,
  AccessRequestAcceptedV1,
  AccessReviewedV1,
  AccessReviewOverdueV1,
  AccessReviewRefusedV1,
  AccessReviewRequestedV1,
  ApprovalDecisionRefusedV1,
  ApprovalExpiredV1,
  ApprovalRecordedV1,
  ApprovalRemindedV1,
  ApprovalRequestedV1,
  ApproverPolicy as ContractPolicy,
  CancellationRefusedV1,
  DelegationChangedV1,
  DelegationRefusedV1,
} from '@team/contracts';
import type { DelegationEvent } from './delegations.ts';
import type { DataOf } from './events.ts';
import type { ApproverPolicy } from './policy.ts';

type DeepReadonly<Value> = Value extends object ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> } : Value;
type Delegated<Type extends DelegationEvent['type']> = Extract<DelegationEvent, { type: Type }>['data'];
type Fits<Data extends DeepReadonly<Contract>, Contract> = [Data, Contract];

/** The domain names no contract; that it says what the contracts say is proven here. */
export type Proven = [
  Fits<DataOf<'ApprovalRequested.v1'>, ApprovalRequestedV1>,
  Fits<DataOf<'ApprovalRecorded.v1'>, ApprovalRecordedV1>,
  Fits<DataOf<'ApprovalReminded.v1'>, ApprovalRemindedV1>,
  Fits<DataOf<'AccessApproved.v1'>, AccessApprovedV1>,
  Fits<DataOf<'AccessDenied.v1'>, AccessDeniedV1>,
  Fits<DataOf<'ApprovalExpired.v1'>, ApprovalExpiredV1>,
  Fits<DataOf<'AccessCancelled.v1'>, AccessCancelledV1>,
  Fits<DataOf<'CancellationRefused.v1'>, CancellationRefusedV1>,
  Fits<DataOf<'ApprovalDecisionRefused.v1'>, ApprovalDecisionRefusedV1>,
  Fits<DataOf<'AccessReviewRequested.v1'>, AccessReviewRequestedV1>,
  Fits<DataOf<'AccessReviewed.v1'>, AccessReviewedV1>,
  Fits<DataOf<'AccessReviewRefused.v1'>, AccessReviewRefusedV1>,
  Fits<DataOf<'AccessReviewOverdue.v1'>, AccessReviewOverdueV1>,
  Fits<Delegated<'DelegationChanged.v1'>, DelegationChangedV1>,
  Fits<Delegated<'DelegationRefused.v1'>, DelegationRefusedV1>,
  Fits<ContractPolicy, ApproverPolicy>,
  // @ts-expect-error a fact with other data does not fit
  Fits<AccessRequestAcceptedV1, AccessApprovedV1>,
];
