import type { MachineClient } from '@team/contracts';
import type { Context, MiddlewareHandler } from 'hono';
import type { Freshness, SignedIn } from '../application/ports.ts';
import type { PortalEnv } from '../http/portal-env.ts';
import { readCookie, sessionCookie } from './cookies.ts';
import type { FindPerson } from './find-person.ts';
import { assertFromOwnPages, isSafe } from './own-pages.ts';
import type { Sessions } from './sessions.ts';
import { NotLetInError, notLetIn } from './unauthorized.ts';
import type { VerifyToken } from './verify-token.ts';

export interface AuthenticateOptions {
  /** Our own, as browsers name it: `https://team.example`. */
  readonly origin: string;
  readonly sessions: Sessions;
  readonly verifyToken: VerifyToken;
  readonly findPerson: FindPerson;
}

/**
 * Sets `c.var.person`, or `c.var.machine` for a program's own token, from a bearer token or the session's cookie; a token goes first, since who sends one means it. Answers 401 or 403 as a
 * problem otherwise. Errors of the directory and of the issuer, which are worth another try, are thrown on.
 *
 * @example app.use('/api/*', authenticate({ origin, sessions, verifyToken, findPerson }))
 */
export function authenticate(options: AuthenticateOptions): MiddlewareHandler<PortalEnv> {
  return async (context, next) => {
    try {
      const caller = await whoCalls(context, options);
      if ('machine' in caller) context.set('machine', caller.machine);
      else context.set('person', caller);
    } catch (error) {
      if (error instanceof NotLetInError) return notLetIn(error, context.var.instance);
      throw error;
    }
    return next();
  };
}

type Caller = SignedIn | { readonly machine: MachineClient };

async function whoCalls(context: Context, options: AuthenticateOptions): Promise<Caller> {
  const freshness = isSafe(context.req.method) ? 'recent' : 'live';
  const [, token] = /^Bearer +(\S+) *$/i.exec(context.req.header('authorization') ?? '') ?? [];
  return token === undefined ? ofSession(context, freshness, options) : ofToken(token, freshness, options);
}

async function ofToken(token: string, freshness: Freshness, { verifyToken, findPerson }: AuthenticateOptions): Promise<Caller> {
  const bearer = await verifyToken(token);
  if ('machine' in bearer) return bearer;
  const { userName, authTime } = bearer;
  const { id, displayName, userName: name } = await findPerson(userName, freshness);
  return { userId: id, userName: name, displayName, authTime };
}

async function ofSession(context: Context, freshness: Freshness, { sessions, findPerson, origin }: AuthenticateOptions): Promise<SignedIn> {
  const id = readCookie(context, sessionCookie);
  if (id === undefined) throw new NotLetInError('ERR_NOT_SIGNED_IN', 'sign in, or send a bearer token');
  if (!isSafe(context.req.method)) assertFromOwnPages(context.req.raw.headers, origin);
  const session = await sessions.find(id);
  if (session === undefined) throw new NotLetInError('ERR_SESSION_ENDED', 'the session is over; sign in again');
  const { id: userId, userName, displayName } = await findPerson(session.userName, freshness);
  // The name was given to somebody else meanwhile.
  if (userId !== session.userId) throw new NotLetInError('ERR_PERSON_UNKNOWN', `"${session.userName}" is another person now; sign in again`);
  return { userId, userName, displayName, authTime: session.authTime, sessionEndsAt: session.endsAt };
}
