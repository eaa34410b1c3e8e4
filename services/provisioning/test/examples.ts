import type { AssignmentId, Bounds } from '../src/domain/assignment.ts';
import type { AssignmentCommand } from '../src/domain/commands.ts';

const minute = 60_000;
export const startMs = Date.parse('2026-11-22T10:00:00.000Z');

export const someone: AssignmentId = {
  principalId: '94482488-3041-7069-a4b2-0d7a1a2b3c4d',
  accountId: '235896101958',
  permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-7223a1b2c3d4e5f6/ps-a1b2c3d4e5f60718',
};

/** The n-th id of a kind; the same each time. */
export const idOf = (kind: string, n: number | string): string =>
  `${Buffer.from(kind.padEnd(4, '0').slice(0, 4)).toString('hex')}-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const grantOf = (n: number) => ({ grantId: idOf('gran', n), requestId: idOf('requ', n), assignment: someone });

export const boundsFrom = (notBefore: number, durationMinutes = 60): Bounds => ({
  notBefore,
  openBy: notBefore + 60 * minute,
  durationMinutes,
  latestEnd: notBefore + (60 + durationMinutes + 15) * minute,
});

export const opening = (n: number, now = startMs, durationMinutes = 60): Extract<AssignmentCommand, { type: 'open' }> => ({
  type: 'open',
  ...grantOf(n),
  windowEventId: idOf('wind', n),
  breakGlass: false,
  sessionMinutes: 60,
  bounds: boundsFrom(now, durationMinutes),
});

export const ending = (n: number): Extract<AssignmentCommand, { type: 'end' }> => ({ type: 'end', ...grantOf(n) });

/** What AWS may tell, in a story. */
export const absent = { type: 'looked', present: false } as const;
export const present = { type: 'looked', present: true } as const;
export const accepted = { type: 'accepted', awsRequestId: 'aws' } as const;
export const created = { type: 'succeeded', sessionMinutes: 0 } as const;
export const deleted = { type: 'succeeded', sessionMinutes: 60 } as const;
export const reason = { code: 'ERR_IDENTITY_CENTER_FAILED', message: 'not now' } as const;
export const failed = { type: 'failed', reason } as const;
export const busy = { type: 'refused', refusal: 'busy', reason } as const;
export const denied = { type: 'refused', refusal: 'impossible', reason } as const;
