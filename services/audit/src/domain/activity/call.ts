/** One call to AWS of a session, as CloudTrail recorded it. */
export interface Call {
  /** CloudTrail's own id: a call is counted once, however often it is delivered. */
  readonly eventId: string;
  /** When it was made, ISO 8601 UTC. */
  readonly at: string;
  /** Who answered it: `s3.amazonaws.com`. */
  readonly service: string;
  /** What was asked for: `GetObject`. */
  readonly action: string;
  /** Whether it could only read. What CloudTrail says nothing of is taken for a write. */
  readonly readOnly: boolean;
  /** Why AWS refused it, or could not do it. */
  readonly errorCode?: string | undefined;
  readonly sourceIp?: string | undefined;
  readonly region?: string | undefined;
}

/** What calls add up to. `errors` and `afterRemoval` are among `reads` and `writes`. */
export interface Tally {
  readonly reads: number;
  readonly writes: number;
  readonly errors: number;
  /** Made after the assignment was removed, with credentials that were issued before. */
  readonly afterRemoval: number;
  /** Whom they were made to, in order; at most `mostServices`. */
  readonly services: readonly string[];
}

/** So many services a fact names. */
export const mostServices = 200;

/** Signing in to the console is recorded as a write (`ConsoleLogin`, `readOnly: false`), and changes nothing. */
const signIn = 'signin.amazonaws.com';

export const isWrite = ({ readOnly, service }: Call): boolean => !readOnly && service !== signIn;

const isAfter = ({ at }: Call, removedAt: string | undefined): boolean => removedAt !== undefined && Date.parse(at) > Date.parse(removedAt);

/** Adds up calls of one session; of two with the same id the first counts. */
export function tally(calls: readonly Call[], removedAt: string | undefined): Tally {
  const each = distinct(calls);
  const writes = each.filter(isWrite).length;
  return {
    reads: each.length - writes,
    writes,
    errors: each.filter(({ errorCode }) => errorCode !== undefined).length,
    afterRemoval: each.filter((call) => isAfter(call, removedAt)).length,
    services: [...new Set(each.map(({ service }) => service))].sort().slice(0, mostServices),
  };
}

/** Each call once, as it came first, in the order in which they came. */
export function distinct(calls: readonly Call[]): readonly Call[] {
  const known = new Set<string>();
  return calls.filter(({ eventId }) => !known.has(eventId) && known.add(eventId));
}

/**
 * The calls to keep where there are more than are kept: those after removal first, then writes and errors, then the rest; in each the
 * earliest first.
 */
export function worthKeeping(calls: readonly Call[], removedAt: string | undefined, most: number): readonly Call[] {
  const rank = (call: Call): number => (isAfter(call, removedAt) ? 0 : isWrite(call) || call.errorCode !== undefined ? 1 : 2);
  return calls.toSorted((a, b) => rank(a) - rank(b) || Date.parse(a.at) - Date.parse(b.at)).slice(0, Math.max(0, most));
}
