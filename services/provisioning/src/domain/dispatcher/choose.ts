import { partsOfKey } from '../assignment.ts';

/** An assignment with something to do, or with an operation under way. */
export interface Candidate {
  /** Key of the assignment. */
  readonly key: string;
  /** The request that it is worked on for; absent where there is none any more. */
  readonly requestId?: string | undefined;
}

export interface Choice {
  /** In the order in which to begin. */
  readonly chosen: readonly Candidate[];
  /** Whether nobody who has waited less could have come before one of these. */
  readonly final: boolean;
}

/**
 * The next assignments of one class to work on, as many as there is room for. Identity Center updates one role (permission set in an
 * account) at a time, so what would only conflict waits. Among the others the request with the least under way comes first, then the
 * person with the least, so that nobody's long list keeps somebody else waiting; then whoever waits longest.
 */
export function chooseNext(waiting: readonly Candidate[], underWay: readonly Candidate[], room: number): Choice {
  const busyRoles = new Set(underWay.map(({ key }) => partsOfKey(key).role));
  const taken = new Set(underWay.map(({ key }) => key));
  const load = new Map<string, number>();
  const add = (candidate: Candidate): void => {
    for (const name of [requestOf(candidate), personOf(candidate)]) load.set(name, (load.get(name) ?? 0) + 1);
  };
  underWay.forEach(add);

  const chosen: Candidate[] = [];
  let final = true;
  while (chosen.length < room) {
    let best: { readonly candidate: Candidate; readonly request: number; readonly person: number } | undefined;
    for (const candidate of waiting) {
      if (taken.has(candidate.key) || busyRoles.has(partsOfKey(candidate.key).role)) continue;
      const request = load.get(requestOf(candidate)) ?? 0;
      const person = load.get(personOf(candidate)) ?? 0;
      if (best === undefined || request < best.request || (request === best.request && person < best.person)) best = { candidate, request, person };
      if (request + person === 0) break;
    }
    if (best === undefined) return { chosen, final: false };
    final &&= best.request + best.person === 0;
    chosen.push(best.candidate);
    add(best.candidate);
    taken.add(best.candidate.key);
    busyRoles.add(partsOfKey(best.candidate.key).role);
  }
  return { chosen, final };
}

const requestOf = ({ key, requestId }: Candidate): string => `request ${requestId ?? key}`;
const personOf = ({ key }: Candidate): string => `person ${partsOfKey(key).principal}`;
