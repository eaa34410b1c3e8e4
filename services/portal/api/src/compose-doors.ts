import { randomBytes } from 'node:crypto';
import type { Directory } from '@team/directory';
import { tableOf, type Clock, type Platform } from '@team/runtime';
import type { MiddlewareHandler } from 'hono';
import { createRemoteJWKSet } from 'jose';
import { busIntents } from './adapters/bus-intents.ts';
import { channelSigner } from './adapters/channel-signer.ts';
import { directoryPeople } from './adapters/directory-people.ts';
import { directoryPlaces } from './adapters/directory-places.ts';
import { readModelTables } from './adapters/read-model-tables.ts';
import { requestViews } from './adapters/request-views.ts';
import { serviceQuestions, type AskService } from './adapters/service-questions.ts';
import { sessionTable } from './adapters/session-table.ts';
import { createApi } from './http/create-api.ts';
import { createDecide } from './http/create-decide.ts';
import type { Door } from './http/front.ts';
import type { PortalEnv } from './http/portal-env.ts';
import { authenticate } from './sign-in/authenticate.ts';
import { personFinder } from './sign-in/find-person.ts';
import { identityProvider } from './sign-in/identity-provider.ts';
import { createSessions } from './sign-in/sessions.ts';
import { createSignInRoutes } from './sign-in/sign-in-routes.ts';
import { createTokenVerifier } from './sign-in/verify-token.ts';

/** Where people sign in, and as what the portal is known there. */
export interface SignInConfig {
  /** The portal's own origin, as browsers name it: `https://team.example`. */
  readonly origin: string;
  readonly issuer: string;
  readonly jwksUri: string;
  /** For whom bearer tokens must be. */
  readonly audience: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** As what the command line is known there: a public client, with the device flow. */
  readonly commandLine: { readonly id: string };
  /** By which the issuer dates its tokens, where that is another clock than the portal's. */
  readonly issuerNow?: Clock | undefined;
}

export interface DoorPlatform extends Platform {
  readonly directory: Directory;
  readonly signIn: SignInConfig;
}

/** The door for reading and asking; `source` is that of the emitter as which it is registered. */
export function composeApi(platform: DoorPlatform, { ask, source, outOfReach }: { readonly ask: AskService; readonly source: string; readonly outOfReach: readonly string[] }): Door {
  const { config, directory, clock, newId, signIn } = platform;
  const { views, people, services, options } = groundOf(platform, ask);
  const intents = intentsOf(platform, source);
  const configuration = { issuer: signIn.issuer, clientId: signIn.commandLine.id };
  return createApi({ configuration, people, views, services, places: directoryPlaces(directory), intents, outOfReach, ownAccount: config.ownAccount, emitters: config.emitters, now: clock, newId }, options).fetch;
}

/** The door for what people say that counts: it alone signs, with the channel's key. */
export function composeDecide(platform: DoorPlatform, { ask, source, keyId }: { readonly ask: AskService; readonly source: string; readonly keyId: string }): Door {
  const { clients, clock, newId } = platform;
  const { views, people, services, options } = groundOf(platform, ask);
  return createDecide({ people, views, services, intents: intentsOf(platform, source), signer: channelSigner(clients.kms, keyId, clock), now: clock, newId }, options).fetch;
}

/** The door at which browsers sign in and out. */
export function composeSignIn(platform: DoorPlatform): Door {
  const { signIn, clock } = platform;
  const { issuer, client, origin, issuerNow } = signIn;
  const provider = identityProvider({ issuer, clientId: client.id, clientSecret: client.secret });
  return createSignInRoutes({ origin, provider, sessions: sessionsOf(platform), findPerson: personFinder((name) => platform.directory.findUser(name), clock), now: clock, issuerNow, log: platform.logger }).fetch;
}

/** What both doors of the API stand on. */
function groundOf(platform: DoorPlatform, ask: AskService) {
  const { clients, config, clock, directory, logger, signIn } = platform;
  const tables = { events: tableOf(config, 'events'), requests: tableOf(config, 'requests'), lists: tableOf(config, 'lists') };
  const services = serviceQuestions(ask, clock);
  const { origin, issuer, audience, jwksUri, issuerNow } = signIn;
  const identify: MiddlewareHandler<PortalEnv> = authenticate({
    origin,
    sessions: sessionsOf(platform),
    verifyToken: createTokenVerifier({ issuer, audience, keys: createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 5_000 }), now: clock, issuerNow }),
    findPerson: personFinder((name) => directory.findUser(name), clock),
  });
  return {
    services,
    views: requestViews(clients.documents, tables, readModelTables(clients.documents, tables), config.ownAccount),
    people: directoryPeople(directory, services, clock),
    options: { authenticate: identify, log: logger },
  };
}

const intentsOf = ({ clients, config, clock, newId }: DoorPlatform, source: string) => busIntents({ client: clients.eventBridge, busName: config.busName, source, clock, newId });

const sessionsOf = ({ clients, config, clock }: DoorPlatform) =>
  createSessions({ store: sessionTable(clients.documents, tableOf(config, 'sessions')), now: clock, newId: () => randomBytes(32).toString('base64url') });
