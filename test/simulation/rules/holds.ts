import type { Assignment } from '@team/contracts';
import type { Tables } from '../tables.ts';

/** Who holds an assignment, as provisioning's own record has it. Times are milliseconds since the epoch. */
export interface RecordedHold {
  readonly grantId: string;
  readonly status: string;
  /** Whether a window of it was ever taken in; an end may come before, or alone. */
  readonly wasHeld: boolean;
  readonly notBefore: number;
  readonly openBy: number;
  /** When it ends by itself. */
  readonly endsAt: number;
}

interface StoredHold {
  readonly status: string;
  readonly windowEventId?: string;
  readonly notBefore?: number;
  readonly openBy?: number;
  readonly durationMinutes?: number;
  readonly latestEnd?: number;
  /** Of an extension. */
  readonly endsAt?: number;
  readonly grantedAt?: number;
}

export function recordedHolds(tables: Tables, { principalId, accountId, permissionSetArn }: Assignment): RecordedHold[] {
  const key = ['assignment', principalId.toLowerCase(), accountId, permissionSetArn].join('#');
  const state = tables.item('provisioning', 'aggregates', key)?.['state'] as { holds?: Record<string, StoredHold> } | undefined;
  return Object.entries(state?.holds ?? {}).map(([grantId, hold]) => {
    const { status, notBefore = 0, openBy = 0, latestEnd = 0, grantedAt, durationMinutes = 0 } = hold;
    const own = hold.endsAt ?? (grantedAt === undefined ? latestEnd : grantedAt + durationMinutes * 60_000);
    const endsAt = Math.min(latestEnd, own);
    return { grantId, status, wasHeld: hold.windowEventId !== undefined, notBefore, openBy, endsAt };
  });
}
