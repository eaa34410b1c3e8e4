import type { ActivityAnswer, Actor, DataOf, EventContract, Explanation, HypotheticalApproval, HypotheticalRequest, JudgedChange, StandingApproverPolicies, StandingDelegations, StandingRequestPolicies, WhoApproves } from '@team/contracts';
import type { DirectorySnapshot } from '@team/directory';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import type { RequestStory } from '../../../story/src/request-story.ts';
import type { AuditAnswer, AuditQuestion, PolicyChange, RequestRow, Verification } from '../contract/index.ts';

/** Who calls, as the sign-in or the token says, found in the Identity Store. */
export interface SignedIn {
  readonly userId: string;
  readonly userName: string;
  readonly displayName?: string | undefined;
  /** When they proved who they are (s since the epoch). */
  readonly authTime: number;
  /** When their session ends (ms); absent for bearer tokens. */
  readonly sessionEndsAt?: number | undefined;
}

/** What somebody may look at and do, with the groups they are in. */
export interface Standing {
  readonly groupIds: readonly string[];
  readonly auditor: boolean;
  readonly administrator: boolean;
  /** Some approver policy names them or a group of theirs. */
  readonly approver: boolean;
}

/** Somebody who is away, in whose place somebody else decides now: as they are known, with the groups they are in. */
export interface StoodInFor {
  readonly userId: string;
  readonly userName: string;
  readonly groupIds: readonly string[];
}

/** The user of this name or id, as they are now; undefined: nobody, or several. */
export type FindUser = (reference: string) => Promise<{ readonly id: string; readonly userName: string; readonly enabled: boolean } | undefined>;

/** Whoever is asked about. */
export type Whose = Pick<SignedIn, 'userId' | 'userName'>;

/** How fresh an answer about a person must be: `live` for commands, at most 60 s old for reads. */
export type Freshness = 'live' | 'recent';

/** People, groups, accounts, permission sets, and who is what. */
export interface People {
  /** Throws a retryable `TeamError` where the directory does not answer; undefined: nobody of that id, or disabled. */
  standingOf(userId: string, freshness: Freshness): Promise<Standing | undefined>;
  /** In whose place this person decides at this moment, by the delegations that the approval service has; the earliest first. Whoever is disabled or gone has nobody stand in. */
  stoodInForBy(userId: string, freshness: Freshness): Promise<readonly StoodInFor[]>;
  /** Names for ids of users and groups; the id where there is none. */
  namesOf(ids: { readonly userIds: readonly string[]; readonly groupIds: readonly string[] }): Promise<ReadonlyMap<string, string>>;
}

/** Whose decisions a request waits for, or who may end it. */
export interface Named {
  readonly groupIds: readonly string[];
  readonly userIds: readonly string[];
}

/** A stage that waits. */
export interface OpenStage {
  readonly approvers: Named;
  /** Who counted for its targets, by user id: who agreed, and in whose place. */
  readonly counted: readonly string[];
}

/** What the read model knows of one request. */
export interface RequestView {
  readonly row: RequestRow;
  readonly story: RequestStory;
  /** Who asked, and for whom, by user id; empty until it was judged. */
  readonly ownIds: readonly string[];
  /** Whom it waits for now. */
  readonly waitsFor: Named;
  /** The same stage by stage. */
  readonly openStages: readonly OpenStage[];
  /** Who may end it, frozen at approval. */
  readonly revocableBy: Named;
  /** Who decided, by user id. */
  readonly deciderIds: readonly string[];
  /** Who decided in whose place. */
  readonly decidedFor: readonly { readonly deciderId: string; readonly absentId: string }[];
  /** Who was ever asked to: who decided is told of it as long as they are among these. */
  readonly wasAsked: Named;
  /** Who reviewed it, by user id. */
  readonly reviewerIds: readonly string[];
  /** Who was ever asked to review it: the same of them. */
  readonly wasAskedToReview: Named;
  /** Source of the machine that asked; absent where a person did, or a system of its own. */
  readonly machine?: string | undefined;
  /** Of `ApprovalRequested`: what a decision is about. */
  readonly requestDigest?: string | undefined;
}

/**
 * Lists that requests stand in, each the newest first: `own#<userId>` (asked for by them, or for them), `unjudged#<what was written for who asked>` (nobody
 * knows yet who that is, and of what was rejected nobody ever will), `for-group#<groupId>` and `for-user#<userId>` (waits for their decision),
 * `review-group#<groupId>` and `review-user#<userId>` (waits for their review), `decided#<userId>#<groupId>` and `decided#<userId>` (they decided or
 * reviewed, asked as one of that group, or by name; `decided#<userId>#<another's userId>`: that other one was asked by name), `ends-group#<groupId>` and `ends-user#<userId>` (access stands, and they may end it), `active`,
 * `machine#<source>` (a machine asked for it), `extends#<requestId>` (it was accepted, prolongs that one and is not over), `all`, `status#<status>`, `account#<accountId>`, `person#<user name>`. Made by `listKey`.
 */
export type ListKey = string;

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the list goes on; absent: that was all. */
  readonly next?: string | undefined;
}

/** What a line of a list is known by, beside what it shows. */
export interface Listed extends Pick<RequestView, 'row' | 'ownIds' | 'openStages'> {
  /** Every list that it stands in. */
  readonly lists: readonly ListKey[];
}

/** The read model. */
export interface RequestViews {
  find(requestId: string): Promise<RequestView | undefined>;
  /** One list, or several as one, each request once; the newest first. `after` is the `next` of the page before, of the same lists. Throws `ERR_CURSOR_INVALID`. */
  page(lists: readonly ListKey[], question: { readonly after?: string | undefined; readonly limit: number; readonly keep?: (listed: Listed) => boolean }): Promise<Page<RequestRow>>;
}

/** What is asked of the services; contracts of theirs. */
export interface Services {
  explain(asked: readonly HypotheticalRequest[]): Promise<readonly Explanation[]>;
  approversOf(asked: readonly HypotheticalApproval[]): Promise<readonly WhoApproves[]>;
  /** In which this person (user id) is away, or decides for another; at most 60 s old unless they must be live. */
  delegationsOf(userId: string, freshness: Freshness): Promise<StandingDelegations['delegations']>;
  /** At most 60 s old unless they must be live, which makes them fresh for everybody. */
  requestPolicies(freshness?: Freshness): Promise<StandingRequestPolicies>;
  /** The same. */
  approverPolicies(freshness?: Freshness): Promise<StandingApproverPolicies>;
  /** How the service that keeps such policies would judge a change of one. */
  judge(change: PolicyChange): Promise<JudgedChange>;
  readonly audit: AuditTrail;
}

/** What is asked of the audit service. */
export interface AuditTrail {
  /** A page of the calls that are kept of a grant. */
  activity(grantId: string, page: { readonly after?: string | undefined; readonly limit: number }): Promise<ActivityAnswer>;
  /** Recomputes the trail of one request. */
  verify(requestId: string): Promise<Verification>;
  /** A page of the requests that a question is about. Throws `ERR_QUESTION_REFUSED` where `after` is not of the same question. */
  answer(question: AuditQuestion): Promise<AuditAnswer>;
  /** A page of everything that was recorded since a moment (ISO 8601), or after the page before. */
  recorded(from: { readonly since: string } | { readonly after: string }): Promise<{ readonly events: readonly RecordedEvent[]; readonly next?: string | undefined }>;
}

/** Where intents go. */
export interface Intents {
  /** Puts one on the bus, of this request where it is of any. Throws `ERR_INTENT_INVALID` where its contract does not hold, a retryable error where the bus does not take it. */
  put<Contract extends EventContract>(contract: Contract, requestId: string | undefined, data: DataOf<Contract>): Promise<void>;
}

/** The bus, as the emitter of this source speaks to it. */
export type IntentsAs = (source: string) => Intents;

/** The organization as it was listed last, with a digest of what was found. */
export interface ListedOrganization {
  readonly digest: string;
  readonly snapshot: DirectorySnapshot;
}

/** Where the organization is kept as it was listed last. */
export interface OrganizationStore {
  /** When what is kept was listed (ms since the epoch); undefined: nothing is. */
  takenAt(): Promise<number | undefined>;
  /** What is kept; undefined: nothing is, or it is being replaced. What is `known` is not read once more. */
  get(known?: ListedOrganization): Promise<ListedOrganization | undefined>;
  /** Puts this in the place of what was kept; `writtenAt` is now (ms). */
  put(snapshot: DirectorySnapshot, writtenAt: number): Promise<void>;
}

/** Accounts and permission sets as AWS has them, some seven minutes old at most. */
export interface Places {
  accounts(): Promise<readonly { readonly id: string; readonly name: string; readonly active: boolean; readonly ouPath: readonly string[] }[]>;
  permissionSets(): Promise<readonly { readonly arn: string; readonly name: string; readonly sessionDurationMinutes: number }[]>;
  /** Everything that policies can name. */
  organization(): Promise<DirectorySnapshot>;
}

/** What decisions are signed with: the channel's key, which the function `decide` alone has. */
export interface Signer {
  decision(claims: { readonly requestId: string; readonly requestDigest: string; readonly decisionId: string; readonly decider: string; readonly verdict: 'approve' | 'deny'; readonly authTime: number }): Promise<string>;
  policyDecision(claims: { readonly changeId: string; readonly changeDigest: string; readonly decider: string; readonly verdict: 'agree' | 'disagree'; readonly authTime: number }): Promise<string>;
  review(claims: { readonly requestId: string; readonly reviewer: string; readonly verdict: 'justified' | 'not-justified'; readonly authTime: number }): Promise<string>;
}

export type { Actor };
