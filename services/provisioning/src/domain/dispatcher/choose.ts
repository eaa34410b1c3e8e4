import { partsOfKey } from '../assignment.ts';
import { secondMs } from '../time.ts';

/** An assignment that has a slot, or is to have one. */
export interface Candidate {
  /** Key of the assignment. */
  readonly key: string;
  /** The request that it is worked on for; absent where there is none any more. */
  readonly requestId?: string | undefined;
}

export interface Waiting extends Candidate {
  /** Since when (ms). */
  readonly since: number;
}

/** What was done of late. */
export interface Served {
  readonly underWay: readonly Candidate[];
  /** How many assignments of each request were begun. */
  readonly begun: Readonly<Record<string, { readonly count: number }>>;
}

export interface Choice {
  /** In the order in which to begin. */
  readonly chosen: readonly Candidate[];
  /** Whether nobody who has waited less could have come before one of these. */
  readonly final: boolean;
}

/**
 * What was done for a request already puts its others back by so much each (ms), and so does what is under way for a person. Long lists
 * so take turns with short ones however many there are, and a stream of short ones does not hold a long one back for ever.
 */
const turnMs = 30 * secondMs;

/** Those of `waiting` whose role nothing is under way on. */
export function beginnable(waiting: readonly Waiting[], underWay: readonly Candidate[]): Waiting[] {
  const busyRoles = new Set(underWay.map(({ key }) => partsOfKey(key).role));
  return waiting.filter(({ key }) => !busyRoles.has(partsOfKey(key).role));
}

/**
 * The next assignments of one class to work on, as many as there is room for. `waiting` is all of the class, longest waiting first, or
 * its beginning. Identity Center updates one role (permission set in an account) at a time, so what would only conflict waits.
 */
export function chooseNext(waiting: readonly Waiting[], { underWay, begun }: Served, room: number): Choice {
  const busyRoles = new Set(underWay.map(({ key }) => partsOfKey(key).role));
  const taken = new Set(underWay.map(({ key }) => key));
  const ofRequest = new Map(Object.entries(begun).map(([requestId, { count }]) => [requestId, count]));
  const ofPerson = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const { key } of underWay) add(ofPerson, partsOfKey(key).principal);

  const lastRead = waiting.at(-1)?.since ?? 0;
  const chosen: Candidate[] = [];
  let final = true;
  while (chosen.length < room) {
    let best: { readonly candidate: Waiting; readonly turn: number } | undefined;
    for (const candidate of waiting) {
      if (best !== undefined && best.turn <= candidate.since) break;
      const { role, principal } = partsOfKey(candidate.key);
      if (taken.has(candidate.key) || busyRoles.has(role)) continue;
      const turn = candidate.since + turnMs * ((ofRequest.get(requestOf(candidate)) ?? 0) + (ofPerson.get(principal) ?? 0));
      if (best === undefined || turn < best.turn) best = { candidate, turn };
    }
    if (best === undefined) return { chosen, final: false };
    final &&= best.turn <= lastRead;
    const { key, requestId } = best.candidate;
    chosen.push({ key, ...(requestId === undefined ? {} : { requestId }) });
    add(ofRequest, requestOf(best.candidate));
    add(ofPerson, partsOfKey(key).principal);
    taken.add(key);
    busyRoles.add(partsOfKey(key).role);
  }
  return { chosen, final };
}

const requestOf = ({ key, requestId }: Candidate): string => requestId ?? key;
