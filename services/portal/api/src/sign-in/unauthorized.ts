import { TeamError } from '@team/runtime';
import type { Problem } from '../contract/index.ts';

/** Codes of a caller whom we do not let in, and the title and status that each has. */
const refusals = {
  ERR_NOT_SIGNED_IN: { status: 401, title: 'Not signed in' },
  ERR_SESSION_ENDED: { status: 401, title: 'The session is over' },
  ERR_TOKEN_INVALID: { status: 401, title: 'The token is not valid' },
  ERR_PERSON_UNKNOWN: { status: 401, title: 'Nobody of that name' },
  ERR_NO_PERSON: { status: 403, title: 'No person' },
  ERR_CROSS_SITE: { status: 403, title: 'Not from our own pages' },
} as const;

export type RefusalCode = keyof typeof refusals;

/** The caller is not who they must be to go on; the same call again changes nothing. */
export class NotLetInError extends TeamError {
  override readonly name = 'NotLetInError';
  override readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, cause?: unknown) {
    super(code, message, { cause });
    this.code = code;
  }
}

/**
 * The answer to such a caller: a problem of RFC 9457 and, for a 401, the challenge that RFC 9110 §11.6.1 asks for. A token that was given
 * is told what is wrong with it (RFC 6750 §3.1); who gave none learns the scheme alone. `call` is its name in the log.
 */
export function notLetIn({ code, message }: NotLetInError, call?: string): Response {
  const { status, title } = refusals[code];
  const body: Problem = { type: 'about:blank', title, status, detail: message, code, ...(call === undefined ? {} : { instance: `urn:uuid:${call}` }) };
  const challenge = code === 'ERR_TOKEN_INVALID' ? 'Bearer realm="team", error="invalid_token"' : 'Bearer realm="team"';
  return Response.json(body, {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...(status === 401 ? { 'www-authenticate': challenge } : {}) },
  });
}
