import { sessionsOf, type DoorPlatform, type SignInConfig } from './compose-ground.ts';
import type { Door } from './http/front.ts';
import { personFinder } from './sign-in/find-person.ts';
import { identityProvider } from './sign-in/identity-provider.ts';
import { createSignInRoutes } from './sign-in/sign-in-routes.ts';

export interface SignInPlatform extends DoorPlatform {
  readonly signIn: SignInConfig;
}

/** The door at which browsers sign in and out. */
export function composeSignIn(platform: SignInPlatform): Door {
  const { clock, directory, logger } = platform;
  const { client, issuer, origin, issuerNow, userNameClaims, userNamePrefix } = platform.signIn;
  const provider = identityProvider({ issuer, clientId: client.id, clientSecret: client.secret, now: clock });
  const findPerson = personFinder((name) => directory.findUser(name), clock);
  return createSignInRoutes({ origin, provider, sessions: sessionsOf(platform), findPerson, now: clock, issuerNow, userNameClaims, userNamePrefix, log: logger }).fetch;
}
