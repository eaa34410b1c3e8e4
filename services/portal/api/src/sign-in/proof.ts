import type { Clock } from '@team/runtime';

/** What an issuer says of who called: the Identity Store's user name, and when they proved who they are (s since the epoch, by our clock). */
export interface Proof {
  readonly userName: string;
  readonly authTime: number;
}

/**
 * When somebody proved who they are of whom the issuer does not say (s): a token, or a session of theirs at the issuer, may have been renewed
 * without them, so nothing counts as proven lately.
 */
export const longAgo = 0;

/** Claims that may hold the user name, unless told: the first that is there counts. */
export const usualUserNameClaims: readonly string[] = ['preferred_username', 'username'];

/**
 * The user name among verified claims. The claim must be one that people cannot change by themselves at the identity provider, and the same
 * that it gives Identity Center as user name.
 */
export function userNameIn(claims: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  return names.map((name) => claims[name]).find((value): value is string => typeof value === 'string' && value.trim() !== '');
}

/** Our clock, and that by which tokens are dated. They differ in the local run alone, whose time may pass faster. */
export interface Clocks {
  readonly now: Clock;
  readonly issuerNow?: Clock | undefined;
}

/** When by our clock (s) something was that the issuer dates at `seconds`: as long ago as it is for them. */
export function byOurClock(seconds: number, { now, issuerNow = now }: Clocks): number {
  return Math.floor((now() - issuerNow()) / 1000 + seconds);
}
