/** Tags of something in AWS, by key. */
export type Tags = Readonly<Record<string, string>>;

/** Somewhere and something that a policy may cover. */
export interface Place {
  readonly accountId: string;
  /** Unit ids from the root to the account's own: a policy that names any of them covers the account. */
  readonly ouPath: readonly string[];
  readonly accountTags: Tags;
  readonly permissionSetArn: string;
  readonly permissionSetTags: Tags;
}

/** What is asked for one target, as far as eligibility policies care. Times in ms since the epoch. */
export interface Ask extends Place {
  readonly askedAt: number;
  /** Now, where access is wanted as soon as it is approved. */
  readonly startsAt: number;
  readonly durationMinutes: number;
  readonly ticketId?: string | undefined;
  readonly justification?: string | undefined;
  readonly breakGlass: boolean;
}
