import type { AssignmentId, Direction, EndAnswer, GrantedHow, OpenedHold, Operation } from './assignment.ts';

/** Why something was refused or failed; the code never changes once published. */
export interface Reason {
  readonly code: `ERR_${string}`;
  readonly message: string;
}

interface OfGrant {
  readonly requestId: string;
  readonly grantId: string;
  readonly assignment: AssignmentId;
}

/** Leave the service; their data is what the contract of the same name says. Timestamps are ISO 8601. */
export type PublishedEvent =
  | { readonly type: 'AccessGranted.v1'; readonly data: OfGrant & { readonly how: GrantedHow; readonly grantedAt: string; readonly endsAt: string } }
  | {
      readonly type: 'AccessGrantFailed.v1';
      readonly data: OfGrant & { readonly windowEventId: string; readonly reason: Reason; readonly final: boolean; readonly failedAt: string };
    }
  | {
      readonly type: 'AccessEnded.v1';
      readonly data: OfGrant & {
        readonly how: EndAnswer['how'];
        readonly removedAt?: string;
        readonly credentialsUselessBy?: string;
        readonly endedAt: string;
      };
    }
  | {
      readonly type: 'AccessRemovalDelayed.v1';
      readonly data: {
        readonly requestId: string;
        readonly grantIds: string[];
        readonly assignment: AssignmentId;
        readonly attempts: number;
        readonly reason: Reason;
        readonly nextAttemptAt: string;
      };
    }
  | {
      readonly type: 'AssignmentDriftDetected.v1';
      readonly data: {
        readonly assignment: AssignmentId;
        readonly wanted: 'present' | 'absent';
        readonly actual: 'present' | 'absent';
        readonly grantIds: string[];
        readonly repair: 'remove' | 'create' | 'none';
        readonly detectedAt: string;
      };
    };

/** Stay in the service and evolve the state. Times are milliseconds since the epoch. */
export type InternalEvent =
  | { readonly type: 'AssignmentNamed'; readonly data: { readonly assignment: AssignmentId; readonly at: number } }
  | { readonly type: 'WindowHeld'; readonly data: { readonly grantId: string; readonly hold: OpenedHold; readonly at: number } }
  | { readonly type: 'EndBegun'; readonly data: { readonly grantId: string; readonly at: number } }
  | { readonly type: 'LookAsked'; readonly data: { readonly at: number } }
  | { readonly type: 'Looked'; readonly data: { readonly present: boolean; readonly at: number } }
  | { readonly type: 'FoundExisting'; readonly data: { readonly at: number } }
  | { readonly type: 'FoundStanding'; readonly data: { readonly at: number } }
  | { readonly type: 'FoundGone'; readonly data: { readonly at: number; /** Without a removal of ours. */ readonly unsure?: true } }
  | { readonly type: 'OperationBegun'; readonly data: Operation }
  | { readonly type: 'OperationAccepted'; readonly data: { readonly awsRequestId: string; readonly at: number } }
  | { readonly type: 'OperationClosed'; readonly data: { readonly at: number; /** By what AWS holds, since it did not say what became of the operation. */ readonly unsure?: true } }
  | { readonly type: 'TryPostponed'; readonly data: { readonly kind: Direction; readonly attempts: number; readonly nextAt: number; readonly at: number } };

export type AssignmentEvent = PublishedEvent | InternalEvent;
