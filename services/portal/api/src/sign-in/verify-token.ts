import { createHash } from 'node:crypto';
import type { MachineClient } from '@team/contracts';
import { kept, minuteMs, OutageError } from '@team/runtime';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { machineIn } from './machine-token.ts';
import { byOurClock, longAgo, userNameIn, userNameWanted, type Clocks, type Proof, type UserNames } from './proof.ts';
import { NotLetInError } from './unauthorized.ts';

export interface TokenVerifierOptions extends Clocks, UserNames {
  readonly issuer: string;
  /** Whom tokens are for: us. An id token is for the client that asked for it, and is refused by this. */
  readonly audience: string;
  /** Where they say so: `aud` unless told. Cognito's access tokens have none, and name the client that asked for them instead, as `client_id`. */
  readonly audienceClaim?: 'aud' | 'client_id' | undefined;
  /** `createRemoteJWKSet(new URL(jwks_uri))`, or `createLocalJWKSet(…)` where the keys are at hand. */
  readonly keys: JWTVerifyGetKey;
  /** The command line's client: where tokens name the client that asked for them, it may be this one. */
  readonly commandLine?: { readonly id: string } | undefined;
  /** Programs that are let in on their own account; nobody signs in through their clients. */
  readonly machines?: readonly MachineClient[] | undefined;
}

/** Of whom a token is: a person, or a machine. Never both. */
export type Bearer = Proof | { readonly machine: MachineClient };
export type VerifyToken = (token: string) => Promise<Bearer>;

/** Pinned, so that neither `none` nor a secret that both sides share is ever taken (RFC 8725 §3.1). */
const algorithms = ['RS256', 'PS256', 'ES256'];
/** How far clocks may be apart (s). */
const leewaySeconds = 30;
/** How long nobody verifies again what was verified (ms): a signature takes longer than everything else that a read does. The issuer's keys are kept longer. */
const rememberedMs = 5 * minuteMs;

/**
 * Verifies bearer access tokens. Rejects with `NotLetInError` of `ERR_TOKEN_INVALID`, or `ERR_NO_PERSON` for a token of neither a person nor a registered machine, and with
 * a retryable `ERR_ISSUER_UNAVAILABLE` where the issuer's keys cannot be had.
 *
 * @example const bearer = await createTokenVerifier({ issuer, audience: 'team', keys, now: Date.now })(token)
 */
export function createTokenVerifier(options: TokenVerifierOptions): VerifyToken {
  const { now, issuerNow = now, machines = [] } = options;
  const known = kept({ now, maxAgeMs: rememberedMs, keyOf: hashOf }, (token: string) => verified(token, options, issuerNow()));
  return async (token) => {
    const present = issuerNow();
    const remembered = await known(token);
    // What was good a moment ago may be over now.
    const claims = isOver(remembered, present) ? await known(token, true) : remembered;
    const machine = machineIn(claims, machines, options.userNameClaims);
    if (machine !== undefined) return { machine };
    const userName = userNameIn(claims, options);
    if (userName === undefined) throw new NotLetInError('ERR_NO_PERSON', `the token names no person: it has no claim ${userNameWanted(options)}`);
    return { userName, authTime: byOurClock(provenAt(claims, present), options) };
  };
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

const isOver = ({ exp = 0 }: JWTPayload, present: number): boolean => exp + leewaySeconds <= Math.floor(present / 1000);

async function verified(token: string, { issuer, audience, audienceClaim = 'aud', keys, commandLine, machines = [] }: TokenVerifierOptions, present: number): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      ...(audienceClaim === 'aud' ? { audience } : {}),
      algorithms,
      clockTolerance: leewaySeconds,
      currentDate: new Date(present),
      requiredClaims: ['exp', 'iat'],
    });
    if (audienceClaim === 'client_id') assertAccessTokenOf([audience, ...(commandLine === undefined ? [] : [commandLine.id]), ...machines.map(({ clientId }) => clientId)], payload);
    return payload;
  } catch (error) {
    if (isOfToken(error)) throw new NotLetInError('ERR_TOKEN_INVALID', `the token is refused: ${error.message}; sign in again`, error);
    throw new OutageError('ERR_ISSUER_UNAVAILABLE', `the keys of ${issuer} cannot be read now; try again`, { cause: error });
  }
}

/** Throws unless it is an access token that one of these clients asked for, as Cognito's say it: their id tokens have the same issuer and keys. */
function assertAccessTokenOf(clients: readonly string[], payload: JWTPayload): void {
  for (const [claim, wanted] of [['client_id', clients], ['token_use', ['access']]] as const) {
    if (!wanted.some((value) => value === payload[claim])) throw new errors.JWTClaimValidationFailed(`unexpected "${claim}" claim value`, payload, claim, 'check_failed');
  }
}

/** Whether the token is at fault, and not how its issuer's keys are come by. */
function isOfToken(error: unknown): error is Error {
  const ofKeys = [errors.JWKSInvalid, errors.JWKSTimeout];
  if (!(error instanceof errors.JOSEError) || ofKeys.some((kind) => error instanceof kind)) return false;
  // What jose throws for an answer that is no key set has no class of its own.
  return error.constructor !== errors.JOSEError;
}

/** When they proved who they are (s). */
function provenAt({ auth_time: at = longAgo, iat }: JWTPayload, present: number): number {
  const latest = present / 1000 + leewaySeconds;
  // A proof that is yet to come would count as fresh for as long as it likes.
  if (typeof at !== 'number' || !Number.isFinite(at) || at > latest || (iat ?? Infinity) > latest) {
    throw new NotLetInError('ERR_TOKEN_INVALID', 'the token is refused: its auth_time or iat is no time in the past');
  }
  return at;
}
