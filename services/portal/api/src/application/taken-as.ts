import type { Taken } from '../contract/index.ts';

/** Where the outcome of what was taken in will stand. */
export const takenAs = (requestId: string): Taken => ({ requestId, href: `/v1/requests/${requestId}` });
