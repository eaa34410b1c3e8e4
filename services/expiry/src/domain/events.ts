import type { Actor, Approval, Grant, Person, Progress, Reason, Revocation, WindowBounds } from './state.ts';

/** What every event here says: of which request, and when it was decided (ms since the epoch). */
interface Event<Type extends string, Data extends object> {
  readonly type: Type;
  readonly at: number;
  readonly data: Data & { readonly requestId: string };
}

export interface Assignment {
  readonly principalId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
}

/** A grant, and what it gives: what is said about another assignment is not about it. */
export interface OfGrant {
  readonly grantId: string;
  readonly assignment: Assignment;
}

/** Facts that leave the service; their data is what their contracts say. */
export type Fact =
  | Event<'AccessScheduled.v1', { grantIds: string[]; window: WindowBounds }>
  | Event<'AccessOpeningDue.v1', { grantIds: string[]; openBy: string }>
  | Event<
      'AccessWindowOpened.v1',
      {
        principal: Person;
        grant: Grant;
        window: WindowBounds;
        endsAt?: string;
        breakGlass: boolean;
        proof: string;
        acceptance: string;
        decisions: string[];
        openedAt: string;
      }
    >
  | Event<'AccessExpired.v1', OfGrant & { endedAt: string; repetition: number }>
  | Event<'AccessRevoked.v1', OfGrant & { endedAt: string; repetition: number; by: Actor; reason: Reason; opened: boolean }>
  | Event<'AccessRevocationRefused.v1', { reason: Reason; by?: string }>
  | Event<'AccessOverdue.v1', OfGrant & { endedAt: string; overdueSince: string }>
  | Event<'AccessExtended.v1', OfGrant & { extension: { requestId: string; grantId: string }; endsAt: string; extendedAt: string }>;

/** What came for a request before its approval. */
export interface Forerunners {
  readonly unjudged: readonly Revocation[];
  readonly progress: Readonly<Record<string, Progress>>;
}

/** What only this service remembers. */
export type Note =
  | Event<'ApprovalNoted', { approval: Approval; proofs: Readonly<Record<string, string>> }>
  /** `requestId` lives in the item of another. */
  | Event<'Pointed', { to: string; latestEnd: number }>
  /** `requestId` is extended by `extension`, of which this had been heard before. */
  | Event<'ExtensionNoted', { extension: string; approval: Approval; proofs: Readonly<Record<string, string>> } & Forerunners>
  | Event<'GrantNoted', { grantId: string; grantedAt: string }>
  | Event<'FailureNoted', { grantId: string }>
  | Event<'EndConfirmed', { grantId: string }>
  | Event<'EligibilityNoted', { grantIds: readonly string[] }>
  | Event<'RevocationKept', { revocation: Revocation }>
  | Event<'RevocationAnswered', { revocationId: string }>
  | Event<'JudgementDue', object>;

export type ExpiryEvent = Fact | Note;
