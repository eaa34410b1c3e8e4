import { randomBytes } from 'node:crypto';
import type { MachineClient } from '@team/contracts';
import { tableOf, type Clients, type Clock, type Platform } from '@team/runtime';
import type { MiddlewareHandler } from 'hono';
import type { directoryPeople } from './adapters/directory-people.ts';
import { serviceQuestions, type AskService } from './adapters/service-questions.ts';
import { sessionTable } from './adapters/session-table.ts';
import type { PortalEnv } from './http/portal-env.ts';
import { authenticate } from './sign-in/authenticate.ts';
import { personFinder } from './sign-in/find-person.ts';
import { issuerKeys } from './sign-in/issuer-keys.ts';
import type { UserNames } from './sign-in/proof.ts';
import { createSessions } from './sign-in/sessions.ts';
import { createTokenVerifier } from './sign-in/verify-token.ts';

/** The command line at the issuer: it has the device flow there, or is sent back to one of these addresses of a person's machine, or both. */
export interface CommandLineClient {
  readonly id: string;
  readonly redirectUris?: readonly string[] | undefined;
}

/** Where people sign in, and by what they are known who call. */
export interface TokenConfig extends UserNames {
  /** The portal's own origin, as browsers name it: `https://team.example`. */
  readonly origin: string;
  readonly issuer: string;
  /** Where its keys are; it is asked unless told. */
  readonly jwksUri?: string | undefined;
  /** For whom bearer tokens must be. */
  readonly audience: string;
  /** Claim in which they say so: `aud` unless told. */
  readonly audienceClaim?: 'aud' | 'client_id' | undefined;
  /** As what the command line is known there: a public client. Absent: nobody signs in with it. */
  readonly commandLine?: CommandLineClient | undefined;
  /** Programs that call on their own account. */
  readonly machines?: readonly MachineClient[] | undefined;
  /** By which the issuer dates its tokens, where that is another clock than the portal's. */
  readonly issuerNow?: Clock | undefined;
}

/** The same, with what the portal is known as at the issuer. */
export interface SignInConfig extends TokenConfig {
  readonly client: { readonly id: string; readonly secret: string | (() => Promise<string>) };
}

type DirectoryOfPeople = Parameters<typeof directoryPeople>[0];

/** What a door takes of its place: of the clients those alone that it calls. */
export interface DoorPlatform<Client extends keyof Clients = 'documents'> extends Omit<Platform, 'clients'> {
  readonly clients: Pick<Clients, Client | 'documents'>;
  readonly directory: Pick<DirectoryOfPeople, 'findUser'>;
  readonly signIn: TokenConfig;
}

/** What all doors of the API stand on. */
export function groundOf(platform: DoorPlatform, ask: AskService) {
  const { clock, directory, logger, signIn } = platform;
  const { origin, issuer, jwksUri, ...tokens } = signIn;
  const identify: MiddlewareHandler<PortalEnv> = authenticate({
    origin,
    sessions: sessionsOf(platform),
    verifyToken: createTokenVerifier({ ...tokens, issuer, keys: issuerKeys(issuer, jwksUri), now: clock }),
    findPerson: personFinder((name) => directory.findUser(name), clock),
  });
  return {
    services: serviceQuestions(ask, clock),
    options: { authenticate: identify, log: logger },
  };
}

export const sessionsOf = ({ clients, config, clock }: Pick<DoorPlatform, 'clients' | 'config' | 'clock'>) =>
  createSessions({ store: sessionTable(clients.documents, tableOf(config, 'sessions')), now: clock, newId: () => randomBytes(32).toString('base64url') });
