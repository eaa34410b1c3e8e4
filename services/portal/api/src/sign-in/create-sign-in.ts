import type { Hono, MiddlewareHandler } from 'hono';
import type { PortalEnv } from '../http/portal-env.ts';
import { authenticate } from './authenticate.ts';
import { personFinder, type FindUser } from './find-person.ts';
import { identityProvider, keysOf, type IdentityProviderOptions } from './identity-provider.ts';
import type { Clocks } from './proof.ts';
import { createSessions, type SessionStore } from './sessions.ts';
import { createSignInRoutes } from './sign-in-routes.ts';
import type { SignInEnv, SignInLog } from './told-on-page.ts';
import { createTokenVerifier } from './verify-token.ts';

export interface SignInConfig extends IdentityProviderOptions, Clocks {
  /** Our own, as browsers name it: `https://team.example`. */
  readonly origin: string;
  /** Whom access tokens are for. */
  readonly audience: string;
  readonly store: SessionStore;
  /** `createPeopleDirectory(…).findUser`. */
  readonly findUser: FindUser;
  /** 256 random bits in base64url: `() => randomBytes(32).toString('base64url')`. */
  readonly newId: () => string;
  /** Where it is told why somebody did not get in. */
  readonly log: SignInLog;
  /** The claim that holds the Identity Store's user name; the first that is there counts. */
  readonly userNameClaims?: readonly string[] | undefined;
}

export interface SignIn {
  /** `/auth/sign-in`, `/auth/callback`, `/auth/sign-out`; mount them at the root. */
  readonly routes: Hono<SignInEnv>;
  /** Says who calls, on every other route. */
  readonly authenticate: MiddlewareHandler<PortalEnv>;
}

/** Signing in, put together. Nothing is asked of the identity provider before somebody comes. */
export function createSignIn(config: SignInConfig): SignIn {
  const { origin, store, findUser, newId, now } = config;
  const provider = identityProvider(config);
  const sessions = createSessions({ store, now, newId });
  const findPerson = personFinder(findUser, now);
  const verifyToken = createTokenVerifier({ ...config, keys: keysOf(provider) });
  return {
    routes: createSignInRoutes({ ...config, provider, sessions, findPerson }),
    authenticate: authenticate({ origin, sessions, verifyToken, findPerson }),
  };
}
