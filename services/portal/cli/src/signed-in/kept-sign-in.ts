import * as z from 'zod';

/** What is kept of a sign-in. */
export const signIn = z.object({
  /** Of this one sign-in, however often its tokens are renewed. */
  id: z.string().optional(),
  /** Origin of the portal. The token is sent there and nowhere else. */
  portal: z.url(),
  issuer: z.url(),
  clientId: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  /** When the access token ends, as far as its issuer said. */
  endsAt: z.iso.datetime().optional(),
});

/** That somebody is signed in, and with what they show it. */
export type SignIn = z.infer<typeof signIn>;
