import type { ChangeTaken } from '../contract/index.ts';

/** Where the outcome of a change that was taken in will stand. */
export const changeTakenAs = (changeId: string): ChangeTaken => ({ changeId, href: `/v1/policies/changes/${changeId}` });
