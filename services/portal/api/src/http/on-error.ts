import { OutageError, TeamError } from '@team/runtime';
import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { recentSignInSeconds } from '../application/require-recent-sign-in.ts';
import { Refusal, type RefusalKind } from '../application/refusal.ts';
import type { PortalEnv } from './portal-env.ts';
import { problemAnswer, type ProblemStatus } from './problem.ts';

/** Where what went wrong is told to those who run this. */
export interface ApiLog {
  warn(message: string, facts: Readonly<Record<string, unknown>>): void;
  error(message: string, facts: Readonly<Record<string, unknown>>): void;
}

const statusOf: Readonly<Record<RefusalKind, ProblemStatus>> = { unknown: 404, forbidden: 403, 'sign-in': 401, conflict: 409, invalid: 400 };

/** Errors of adapters that are about what the caller sent. */
const callersMistakes: ReadonlySet<string> = new Set(['ERR_CURSOR_INVALID', 'ERR_INTENT_INVALID']);

/** When it is worth trying again where nobody says (s). */
const soonSeconds = 5;

/** How a proof of identity that is too old is told to clients of OAuth: RFC 9470 §3. */
const signInAgain = { 'www-authenticate': `Bearer error="insufficient_user_authentication", max_age="${recentSignInSeconds}"` };

/** Every error as a problem document. What nobody expected is logged under the name of the call, and told without what is inside. */
export function onError(log: ApiLog): ErrorHandler<PortalEnv> {
  return (error, c) => {
    const facts = { instance: c.var.instance, method: c.req.method, path: c.req.path, error };
    if (error instanceof Refusal) {
      const headers = error.kind === 'sign-in' ? signInAgain : {};
      return problemAnswer(c, statusOf[error.kind], { code: error.code, detail: error.message, headers });
    }
    if (error instanceof TeamError && error.retryable) {
      log.warn('a call was put off: what it depends on does not answer', facts);
      const seconds = Math.ceil((error instanceof OutageError ? error.retryAfterSeconds : undefined) ?? soonSeconds);
      const detail = `Something that TEAM depends on does not answer. Try again in ${seconds} s.`;
      return problemAnswer(c, 503, { code: error.code, detail, headers: { 'retry-after': String(seconds) } });
    }
    if (error instanceof TeamError && callersMistakes.has(error.code)) return problemAnswer(c, 400, { code: error.code, detail: error.message });
    if (error instanceof HTTPException && error.status === 400) {
      return problemAnswer(c, 400, { code: 'ERR_BODY_INVALID', detail: 'The body is no JSON. Send one JSON object.' });
    }
    log.error('a call failed', facts);
    return problemAnswer(c, 500, { code: 'ERR_INTERNAL', detail: 'It is in the log under the name in "instance". Try again; tell that name if it happens again.' });
  };
}
