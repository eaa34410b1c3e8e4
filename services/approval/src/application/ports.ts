import type { AccessRequestAcceptedV1, ApproverPolicy, Cause, EmitterRegistration } from '@team/contracts';
import type { Command, DecisionClaims, Lookup, ReviewClaims } from '../domain/commands.ts';
import type { Delegations } from '../domain/delegations.ts';
import type { ApprovedContent } from '../domain/events.ts';
import type { DelegationCommand } from '../domain/judge-delegation.ts';
import type { Reason } from '../domain/people.ts';
import type { State } from '../domain/state.ts';

export type { Cause } from '@team/contracts';

/** Requests in approval, by request id. */
export interface Approvals {
  load(requestId: string): Promise<State | undefined>;
  /** Decides, commits, publishes; gives the state afterwards. */
  execute(requestId: string, command: Command, cause: Cause): Promise<State | undefined>;
}

/** Who decides in whose place, all of it in one. */
export interface DelegationsOfAll {
  load(): Promise<Delegations | undefined>;
  /** Decides, commits, publishes. */
  execute(command: DelegationCommand, cause: Cause): Promise<void>;
}

/** The approver policies in force, a few seconds old at most. */
export interface PolicySource {
  load(): Promise<readonly ApproverPolicy[]>;
}

/** People as AWS knows them at the moment of asking. */
export interface People {
  /** By user id or user name, with all groups; the problem, where there is nobody or more than one. */
  find(ref: string): Promise<Lookup>;
  isEnabled(userId: string): Promise<boolean>;
  /** Id of the user's manager; `undefined` where the identity store names none. */
  managerOf(userId: string): Promise<string | undefined>;
  /** Ids of the group's members; none for a group that does not exist. */
  membersOf(groupId: string): Promise<readonly string[]>;
}

/** What AWS says about targets now. */
export interface Places {
  /** Unit ids run from the root to the nearest. */
  account(accountId: string): Promise<{ readonly name: string; readonly ouPath: readonly string[] } | undefined>;
  permissionSet(arn: string): Promise<{ readonly name: string; readonly sessionDurationMinutes: number } | undefined>;
}

/** What a proof says, beside what the evidence adapter adds: hashes of acceptance and decisions, and the digest of the approval. */
export interface Proof {
  readonly grantId: string;
  readonly requestId: string;
  readonly principalId: string;
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly notBefore: string;
  readonly openBy: string;
  readonly durationMinutes: number;
  readonly latestEnd: string;
}

/** Signatures, checked and made. */
export interface Evidence {
  /** Throws a final `ERR_ACCEPTANCE_FORGED` where the event is not what the request service signed. */
  verifyAcceptance(accepted: AccessRequestAcceptedV1): Promise<void>;
  /** What the channel with this key signed, or why it is no evidence. */
  verifyDecision(signature: string, keyId: string): Promise<DecisionClaims | { readonly problem: Reason }>;
  /** The same of a review of break glass. */
  verifyReview(signature: string, keyId: string): Promise<ReviewClaims | { readonly problem: Reason }>;
  /** Proof of one grant of an approval: rests on its acceptance and the decisions that counted, and covers all that it says. */
  signProof(proof: Proof, approved: ApprovedContent): Promise<string>;
  /** The same for the same content, whatever the order of its members. */
  digestOf(content: unknown): string;
}

/** All that the use cases work with. */
export interface Ports {
  readonly approvals: Approvals;
  readonly delegations: DelegationsOfAll;
  readonly policies: PolicySource;
  readonly people: People;
  readonly places: Places;
  readonly evidence: Evidence;
  readonly emitters: readonly EmitterRegistration[];
}

/** An event as it reaches a use case: data checked, source and account by EventBridge's word. */
export interface Received<Data> {
  readonly data: Data;
  readonly metadata: { readonly eventId: string; readonly occurredAt: string; readonly traceparent?: string | undefined };
  readonly detailType: string;
  readonly source: string;
  readonly account: string;
  /** When the queue first had it (ms since the epoch). */
  readonly arrivedAt: number;
}
