import type { ChangeTaken } from '../contract/index.ts';

/**
 * Where the outcome of a change that was taken in will stand. Of a decision on it, with the moment of deciding (ms): a change may have waited
 * for days, and its outcome is looked for from there on.
 */
export function changeTakenAs(changeId: string, decidedAt?: number): ChangeTaken {
  const since = decidedAt === undefined ? '' : `?${new URLSearchParams({ decided: new Date(decidedAt).toISOString() }).toString()}`;
  return { changeId, href: `/v1/policies/changes/${changeId}${since}` };
}
