import type { Me } from '../contract/index.ts';
import { isNamed } from './involvement.ts';
import type { Named, People, SignedIn } from './ports.ts';
import { standingOf } from './standing-of.ts';

/** Whom the API takes the caller for, and what they may look at. */
export async function showMe(person: SignedIn, { people, mayAskForOthers, now }: { readonly people: People; readonly mayAskForOthers: Named; readonly now: () => number }): Promise<Me> {
  const standing = await standingOf(people, person, 'recent');
  const { approver, auditor, administrator } = standing;
  const { userId, userName, displayName, authTime, sessionEndsAt } = person;
  return {
    userId,
    userName,
    ...(displayName === undefined ? {} : { displayName }),
    personas: { approver, auditor, administrator },
    mayAskForOthers: isNamed(mayAskForOthers, person, standing),
    signedInAt: iso(authTime * 1000),
    ...(sessionEndsAt === undefined ? {} : { sessionEndsAt: iso(sessionEndsAt) }),
    now: iso(now()),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
