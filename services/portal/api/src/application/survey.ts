import type { DirectorySnapshot } from '@team/directory';
import { kept, OutageError, type Clock } from '@team/runtime';
import type { ListedOrganization, OrganizationStore } from './ports.ts';

/** It is listed anew at the first minute at which it is so old (ms), every six: what a directory keeps, five minutes at most, is old by then. */
const listedAnewMs = 5.5 * 60_000;
/** How long a process goes by what it read, before it looks whether there is something newer (ms). */
const lookAgainMs = 15_000;

/**
 * Lists the organization for everybody who chooses from it: in a large one that takes seconds, and calls of Identity Center that removals of
 * access need more, so nobody waits for it and it is not done by each process.
 */
export function survey(list: () => Promise<DirectorySnapshot>, store: OrganizationStore, now: Clock): () => Promise<void> {
  return async () => {
    const before = await store.takenAt();
    const age = before === undefined ? Infinity : now() - before;
    // One of the future is by a clock that was wrong.
    if (age >= listedAnewMs || age < 0) await store.put(await list(), now());
  };
}

const notListedYet = 'ERR_NOT_LISTED_YET';

/** Whether this was thrown as there is no organization yet to read. */
export const isNotListedYet = (error: unknown): boolean => error instanceof OutageError && error.code === notListedYet;

/** The organization as it was listed last. Throws a retryable `ERR_NOT_LISTED_YET`. */
export function surveyed(store: Pick<OrganizationStore, 'get'>, now: Clock): () => Promise<DirectorySnapshot> {
  let last: ListedOrganization | undefined;
  const look = kept({ now, maxAgeMs: lookAgainMs, keyOf: () => 'organization' }, async () => {
    last = (await store.get(last)) ?? last;
    if (last === undefined) throw new OutageError(notListedYet, 'accounts, permission sets and people are being listed', { retryAfterSeconds: 5 });
    return last.snapshot;
  });
  return () => look(undefined);
}

/** Of it, people and groups alone; nobody, before it was listed: a request is shown by ids rather than not at all. */
export function peopleOf(snapshot: () => Promise<DirectorySnapshot>): () => Promise<Pick<DirectorySnapshot, 'users' | 'groups'>> {
  return async () => {
    try {
      return await snapshot();
    } catch (error) {
      if (isNotListedYet(error)) return { users: [], groups: [] };
      throw error;
    }
  };
}
