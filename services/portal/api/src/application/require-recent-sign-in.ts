import type { SignedIn } from './ports.ts';
import { Refusal } from './refusal.ts';

/** How long ago somebody may have signed in who decides (s). The approval service judges by the same. */
export const recentSignInSeconds = 15 * 60;

/**
 * A session left open decides nothing: who says yes has just proven who they are.
 *
 * @param now ms since the epoch
 * @throws ERR_SIGN_IN_TOO_OLD
 */
export function requireRecentSignIn({ authTime }: SignedIn, now: number): void {
  if (now / 1000 - authTime <= recentSignInSeconds) return;
  throw new Refusal('sign-in', 'ERR_SIGN_IN_TOO_OLD', 'you signed in more than 15 minutes ago; sign in again, then decide');
}
