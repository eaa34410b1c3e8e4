import type { Me } from '../contract/index.ts';
import type { People, SignedIn } from './ports.ts';
import { standingOf } from './standing-of.ts';

/** Whom the API takes the caller for, and what they may look at. */
export async function showMe(person: SignedIn, { people, now }: { readonly people: People; readonly now: () => number }): Promise<Me> {
  const { approver, auditor, administrator } = await standingOf(people, person, 'recent');
  const { userId, userName, displayName, authTime, sessionEndsAt } = person;
  return {
    userId,
    userName,
    ...(displayName === undefined ? {} : { displayName }),
    personas: { approver, auditor, administrator },
    signedInAt: iso(authTime * 1000),
    ...(sessionEndsAt === undefined ? {} : { sessionEndsAt: iso(sessionEndsAt) }),
    now: iso(now()),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
