import type { ApproverPolicy, Bundle, Cause, EligibilityPolicy, EmitterRegistration, Limits, Principals, Reason } from '@team/contracts';
import type { Tags } from '../domain/ask.ts';
import type { RequesterCommand, RequesterState } from '../domain/admission.ts';
import type { AcceptedContent, UnsignedAcceptance } from '../domain/events.ts';
import type { FoundPerson, KnownAccount, KnownPermissionSet } from '../domain/facts.ts';
import type { RequestCommand, RequestState } from '../domain/state.ts';

export type { Cause, Received } from '@team/contracts';

/** Requests by request id. Rejects with a retryable error while the store cannot answer. */
export interface Requests {
  load(requestId: string): Promise<RequestState | undefined>;
  /** Decides, commits, publishes; `changed` is false where the command changed nothing. */
  execute(
    requestId: string,
    command: RequestCommand,
    cause?: Cause,
  ): Promise<{ readonly state: RequestState | undefined; readonly changed: boolean }>;
}

/** What each person has open, by user id. */
export interface Requesters {
  load(userId: string): Promise<RequesterState | undefined>;
  execute(userId: string, command: RequesterCommand): Promise<RequesterState | undefined>;
}

/** People as AWS knows them at the moment of asking. Rejects with a retryable error while the directory cannot answer. */
export interface People {
  /** By user id or, letter case aside, user name; with all groups. */
  find(ref: string): Promise<FoundPerson>;
}

/** What AWS says about targets now. Rejects with a retryable error while the directory cannot answer. */
export interface Places {
  account(accountId: string): Promise<Omit<KnownAccount, 'tags'> | undefined>;
  permissionSet(arnOrName: string): Promise<Omit<KnownPermissionSet, 'tags'> | undefined>;
  accountTags(accountId: string): Promise<Tags>;
  permissionSetTags(arn: string): Promise<Tags>;
  /** Ids of the active accounts below these units, at any depth. */
  accountsIn(organizationalUnitIds: readonly string[]): Promise<readonly string[]>;
  managementAccountId(): Promise<string>;
  /** ARNs of the permission sets that are provisioned in the management account. */
  managementPermissionSets(): Promise<ReadonlySet<string>>;
}

/** What administrators have laid down for this service. */
export interface RequestPolicies {
  readonly eligibility: readonly EligibilityPolicy[];
  readonly bundles: readonly Bundle[];
  /** A copy: they are the approval service's. */
  readonly approvers: readonly ApproverPolicy[];
  readonly limits: Limits;
}

/** The same, where limits may not have been laid down yet. */
export type AllPolicies = Omit<RequestPolicies, 'limits'> & { readonly limits: Limits | undefined };

/** Reads the policies in force; a few seconds old at most. */
export interface PolicySource {
  /** Rejects with a retryable error where none can be judged by: the store is down, nothing is laid down, or it cannot be read. */
  load(): Promise<RequestPolicies>;
}

/** What policies name, held against AWS as it is now. Each rejects with a retryable error while the directory cannot answer. */
export interface References {
  /** A reason for each of these that AWS does not know. */
  unknown(named: Readonly<Partial<Record<'groupIds' | 'userIds' | 'accountIds' | 'organizationalUnitIds' | 'permissionSetArns', readonly string[]>>>): Promise<readonly Reason[]>;
  /** How many enabled people these stand for. */
  enabledAmong(principals: Principals): Promise<number>;
  /** Why what eligibility policies let people ask for could never be approved under these approver policies. */
  lockedOut(eligibility: readonly EligibilityPolicy[], approvers: readonly ApproverPolicy[]): Promise<readonly { readonly reason: Reason }[]>;
}

/** Ids, digests and signatures by which others can check what was accepted. */
export interface Evidence {
  /** The same for the same target of the same request, whoever computes it. */
  grantIdOf(requestId: string, accountId: string, permissionSetArn: string): string;
  requestDigestOf(content: AcceptedContent): string;
  /** The same for the same content, whatever the order of its members. */
  digestOf(content: unknown): string;
  /** Signs an acceptance; gives a compact JWS. Rejects with a retryable error while the key cannot be used. */
  signAcceptance(accepted: UnsignedAcceptance): Promise<string>;
}

/** All that the use cases work with. */
export interface Ports {
  readonly requests: Requests;
  readonly requesters: Requesters;
  readonly people: People;
  readonly places: Places;
  readonly policies: PolicySource;
  readonly evidence: Evidence;
  readonly emitters: readonly EmitterRegistration[];
  /** The account in which TEAM itself runs. */
  readonly ownAccount: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}
