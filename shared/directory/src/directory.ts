/**
 * What services ask about people, accounts and permission sets. AWS is the only source: Identity Store, Organizations and
 * IAM Identity Center. What decides (is this person enabled, are they a member, is the account active and where does it stand)
 * is read from AWS at the moment of asking; what names things comes from a snapshot a few minutes old at most.
 *
 * Every method rejects with `DirectoryUnavailableError` (retryable) while AWS cannot answer, `DirectoryAccessError` where our
 * role may not ask, `DirectoryQuestionRefusedError` where AWS refuses our configuration, and `DirectoryAnswerError` where an
 * answer lacks something or cannot be read. What does not exist is `undefined`, never an error.
 *
 * @example
 * const user = await directory.findUser('Dana.Jansen@acme.example');
 * if (user?.enabled && (await directory.isMemberOfAny(user.id, approverGroupIds))) …
 */
export interface Directory {
  /**
   * The user with this Identity Store user id, or of this user name, compared without regard to case. A reference shaped like an
   * id is only ever an id, so that nobody takes the place of a deleted user by choosing its id as a name. The user is read from
   * AWS at once: somebody disabled, deleted or renamed a moment ago is seen so.
   *
   * @throws DirectoryAmbiguityError when several users carry the name
   */
  findUser(ref: string): Promise<DirectoryUser | undefined>;
  /**
   * The user whom the identity store names as this one's manager, as they are now; `undefined` where it names nobody, or nobody whom it
   * knows, or a user name that several carry. An identity provider writes there what it likes: decision 0018.
   */
  managerOf(userId: string): Promise<DirectoryUser | undefined>;
  /** Ids of all groups that the user is in now; empty for a user that does not exist. */
  groupsOf(userId: string): Promise<ReadonlySet<string>>;
  /** Whether the user is in at least one of these groups now. Groups that do not exist (any more) have no members. */
  isMemberOfAny(userId: string, groupIds: readonly string[]): Promise<boolean>;
  /** The group with this id; its name may be a few minutes old. For whether it still exists ask `membersOf`. */
  findGroup(groupId: string): Promise<DirectoryGroup | undefined>;
  /** Ids of the users in the group now; empty for a group without members, `undefined` for one that does not exist. */
  membersOf(groupId: string): Promise<readonly string[] | undefined>;
  /** The account as it is now, and where it stands now. */
  findAccount(accountId: string): Promise<DirectoryAccount | undefined>;
  /**
   * The permission set with this ARN or exact name, a few minutes old at most: reading it each time would use up the twenty
   * calls a second that Identity Center allows for everything, removals of access included.
   */
  findPermissionSet(arnOrName: string): Promise<DirectoryPermissionSet | undefined>;
  /** The tags of the account, a minute old at most; `undefined` for one that does not exist. */
  accountTags(accountId: string): Promise<Tags | undefined>;
  /** The tags of the permission set with this ARN, a few minutes old at most; `undefined` for one that does not exist. */
  permissionSetTags(arn: string): Promise<Tags | undefined>;
  /**
   * Ids of the active accounts below these units (the root is one), at any depth, each once and in order; a few minutes old at most.
   * A unit that does not exist has none.
   */
  accountsIn(organizationalUnitIds: readonly string[]): Promise<readonly string[]>;
  /** ARNs of the permission sets provisioned in the management account, which a delegated administrator may neither assign nor change. */
  permissionSetsInManagementAccount(): Promise<ReadonlySet<string>>;
  /** Id of the organization's management account. It never changes, so it is asked once. */
  managementAccountId(): Promise<string>;
  /** Everything at once, a few minutes old at most: for choosing from lists and for resolving the names in files of policies. */
  snapshot(): Promise<DirectorySnapshot>;
}

/** `userName` is the id for a user without one. `email` is the primary address, for sending messages only: it identifies nobody. */
export interface DirectoryUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string | undefined;
  readonly email: string | undefined;
  /** True only if AWS says ENABLED. */
  readonly enabled: boolean;
}

/** `name` is the display name, or the id for a group without one. */
export interface DirectoryGroup {
  readonly id: string;
  readonly name: string;
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html; only ACTIVE can be used. */
export type AccountStatus = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

/** `ouPath` holds ids from the organization's root to the nearest organizational unit: every one that a policy may name for the account. */
export interface DirectoryAccount {
  readonly id: string;
  readonly name: string;
  readonly status: AccountStatus;
  readonly ouPath: readonly string[];
}

/** What something is tagged with: value by key, as written; case counts in both. */
export type Tags = Readonly<Record<string, string>>;

/** `path` holds ids from the root to this unit; `names` the units' names below the root, this one's last: `['Workloads', 'Prod']`. */
export interface DirectoryOrganizationalUnit {
  readonly id: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly names: readonly string[];
}

/** `sessionDurationMinutes` is how long credentials live that were issued just before the assignment ended (60 to 720). */
export interface DirectoryPermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly sessionDurationMinutes: number;
}

export interface DirectorySnapshot {
  /** Milliseconds since the epoch: nothing in the snapshot is older. */
  readonly takenAt: number;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
  readonly organizationalUnits: readonly DirectoryOrganizationalUnit[];
  readonly accounts: readonly DirectoryAccount[];
  readonly permissionSets: readonly DirectoryPermissionSet[];
}
