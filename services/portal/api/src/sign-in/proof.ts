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

/** Where an issuer has the user name. */
export interface UserNames {
  /** Claims that may hold it: the first that is there counts. The usual ones unless told. */
  readonly userNameClaims?: readonly string[] | undefined;
  /** What it begins with there, and not in the Identity Store: a name without it is nobody's. Cognito writes the provider's name so. */
  readonly userNamePrefix?: string | undefined;
}

/**
 * The user name among verified claims. The claim must be one that people cannot change by themselves at the identity provider, and the same
 * that it gives Identity Center as user name.
 */
export function userNameIn(claims: Readonly<Record<string, unknown>>, { userNameClaims = usualUserNameClaims, userNamePrefix = '' }: UserNames): string | undefined {
  const name = userNameClaims.map((one) => claims[one]).find((value): value is string => typeof value === 'string' && value.trim() !== '');
  const own = name?.startsWith(userNamePrefix) === true ? name.slice(userNamePrefix.length) : '';
  return own.trim() === '' ? undefined : own;
}

/** How a claim of the user name would have to look, for who has none. */
export const userNameWanted = ({ userNameClaims = usualUserNameClaims, userNamePrefix = '' }: UserNames): string =>
  `${userNameClaims.join(' or ')}${userNamePrefix === '' ? '' : ` that begins with ${userNamePrefix}`}`;

/** Our clock, and that by which tokens are dated. They differ in the local run alone, whose time may pass faster. */
export interface Clocks {
  readonly now: Clock;
  readonly issuerNow?: Clock | undefined;
}

/** When by our clock (s) something was that the issuer dates at `seconds`: as long ago as it is for them. */
export function byOurClock(seconds: number, { now, issuerNow = now }: Clocks): number {
  return Math.floor((now() - issuerNow()) / 1000 + seconds);
}
