import { loopbackRedirectUris } from '@team/contracts';
import * as z from 'zod';
import { someone, timestamp } from './values.ts';

/** Where programs of people sign in, which have no session of the browser's: with the device flow, or through a browser of their machine. */
export const configuration = z.object({
  issuer: z.url(),
  /** As which client; absent: nobody does. */
  clientId: z.string().optional(),
  /** Where the issuer sends a browser of their machine back to; without a port, to any. Absent: it sends none. */
  redirectUris: loopbackRedirectUris.optional(),
});
export type Configuration = z.infer<typeof configuration>;

/** Whom the API takes the caller for. */
export const me = someone.extend({
  /** What this person may look at and do, looked up on the server. */
  personas: z.object({ approver: z.boolean(), auditor: z.boolean(), administrator: z.boolean() }),
  /** Whether they may ask for somebody else. */
  mayAskForOthers: z.boolean(),
  /** When they signed in. Decisions need it to be at most 15 minutes ago. */
  signedInAt: timestamp,
  /** When the session ends by itself; absent for bearer tokens. */
  sessionEndsAt: timestamp.optional(),
  /** The server's time, for countdowns. */
  now: timestamp,
});
export type Me = z.infer<typeof me>;
