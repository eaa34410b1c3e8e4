import * as z from 'zod';
import { mayBeSentTokens } from './origin.ts';

/** What an issuer gives; RFC 6749, appendices A.12 and A.17. One that is sent in a header has no space either: of what cannot be, Node.js prints all. */
export const tokens = z.object({ accessToken: z.string().regex(/^[\x21-\x7e]+$/), refreshToken: z.string().regex(/^[\x20-\x7e]+$/).optional() });

/** What is kept of a sign-in. */
export const signIn = z.object({
  /** Of this one sign-in, however often its tokens are renewed. */
  id: z.string().optional(),
  /** Origin of the portal. The token is sent there and nowhere else. */
  portal: z.url().refine(mayBeSentTokens),
  issuer: z.url(),
  clientId: z.string().min(1),
  ...tokens.shape,
  /** When the access token ends, as far as its issuer said. */
  endsAt: z.iso.datetime().optional(),
});

/** That somebody is signed in, and with what they show it. */
export type SignIn = z.infer<typeof signIn>;
