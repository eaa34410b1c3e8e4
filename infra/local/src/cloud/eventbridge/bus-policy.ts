import { AwsError } from '../aws-error.ts';
import type { Caller } from '../stand-in.ts';

/** What a caller may put on the bus: the conditions `events:source` and `events:detail-type` of its statement. `'*'` means any. */
export interface PublishRight {
  /** The caller's name. */
  readonly caller: string;
  readonly sources: readonly string[] | '*';
  readonly detailTypes: readonly string[] | '*';
}

export type BusPolicy = readonly PublishRight[];

/** The parts of an entry that are judged. */
export interface JudgedEntry {
  readonly source: string;
  readonly detailType: string;
}

/**
 * Throws `AccessDeniedException` unless every entry is covered by a right of the caller: one that is not denies them all.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function judge(policy: BusPolicy, caller: Caller, busArn: string, entries: readonly JudgedEntry[]): void {
  const rights = policy.filter((right) => right.caller === caller.name);
  const allowed = entries.every((entry) =>
    rights.some((right) => includes(right.sources, entry.source) && includes(right.detailTypes, entry.detailType)),
  );
  if (allowed) return;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${caller.roleArn} is not authorized to perform: events:PutEvents on resource: ${busArn} because no policy allows it`,
  );
}

function includes(allowed: readonly string[] | '*', value: string): boolean {
  return allowed === '*' || allowed.includes(value);
}
