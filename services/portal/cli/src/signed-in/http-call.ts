import type * as z from 'zod';
import { problem as problemShape, type Problem } from '../../../api/src/contract/index.ts';
import { Failure, refused, signInFirst, unreachable } from '../failure.ts';
import { printable } from '../print/printable.ts';
import type { PortalContext } from './portal-context.ts';
import { jsonIn } from '../json-in.ts';

/** How long one answer of the portal, or of where one signs in, is waited for (ms). */
export const answerWithinMs = 10_000;
/** How often a read is tried again that was put off. */
const mostRetries = 3;
/** Longer than this nobody sits in front of a terminal for one read (ms). */
const longestPauseMs = 30_000;
const putOff: ReadonlySet<number> = new Set([429, 503]);

export interface HttpCall<Answer> {
  readonly method: 'GET' | 'POST';
  /** Below the portal's origin, with its query: `/v1/me`. */
  readonly path: string;
  readonly body?: object;
  readonly token?: string;
  readonly shape: z.ZodType<Answer>;
  /** It changes nothing, so it may be sent again. */
  readonly retried: boolean;
}

type Caller = Pick<PortalContext, 'fetch' | 'pause' | 'signal' | 'timeout'>;

/**
 * Sends a call to the portal and gives what it answered. Throws `Failure` with the portal's own words: `refused`, `unreachable` where
 * nothing answers in ten seconds or nothing that speaks this API, and `signIn` where it wants to know who calls.
 */
export async function callPortal<Answer>(caller: Caller, portal: string, call: HttpCall<Answer>): Promise<Answer> {
  for (let retries = 0; ; retries += 1) {
    const { status, headers, text } = await sent(caller, portal, call);
    if (call.retried && putOff.has(status) && retries < mostRetries) {
      await caller.pause(pauseMs(headers.get('retry-after'), retries));
      continue;
    }
    const answer = jsonIn(text);
    if (status >= 400) throw failureOf(portal, status, answer);
    const result = status < 300 ? call.shape.safeParse(answer) : undefined;
    if (result?.success !== true) {
      throw unreachable(`what answers at ${portal} does not speak the API of this version of TEAM (${call.method} ${call.path}: ${status})`, result?.error);
    }
    return result.data;
  }
}

async function sent({ fetch, signal, timeout }: Caller, portal: string, { method, path, body, token }: HttpCall<unknown>): Promise<{ status: number; headers: Headers; text: string }> {
  const soon = timeout(answerWithinMs);
  try {
    const response = await fetch(`${portal}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // The portal sends nobody elsewhere; what does is something else, and gets no token.
      redirect: 'manual',
      signal: AbortSignal.any([signal, soon]),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    if (signal.aborted) throw error;
    const why = soon.aborted ? `no answer within ${answerWithinMs / 1000} s` : reasonOf(error);
    throw unreachable(`nothing answers at ${portal} (${why}). Is it the address of the portal, and does it run?`, error);
  }
}

/** `fetch` says "fetch failed", and its cause says why. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code === '' ? String(cause instanceof Error ? cause.message : cause) : code;
}

/** Seconds, or a date (RFC 9110 §10.2.3), of which only seconds are sent by what we talk to; otherwise longer each time. */
function pauseMs(retryAfter: string | null, retries: number): number {
  const seconds = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : 2 ** retries;
  return Math.min(seconds * 1000, longestPauseMs);
}

function failureOf(portal: string, status: number, answer: unknown): Failure {
  // A problem's own status is optional (RFC 9457 §3.1), and a gateway leaves it out.
  const { data: problem } = problemShape.safeParse(typeof answer === 'object' ? { status, ...answer } : answer);
  if (problem === undefined) {
    const message = `${portal} answered ${status} and did not say why: is it the portal of TEAM?`;
    return status >= 500 || status === 404 ? unreachable(message) : refused(message);
  }
  const message = [wordsOf(problem), ...(problem.problems ?? []).map(({ field, message }) => `  ${field}: ${message}`)].map(printable).join('\n');
  if (status === 401) return signInFirst(`${message}\nSign in${problem.code === 'ERR_SIGN_IN_TOO_OLD' ? ' again' : ''} with: npx team login --portal ${portal}`, new PortalProblem(problem));
  if (status === 503) return unreachable(message, new PortalProblem(problem));
  return refused(message, new PortalProblem(problem));
}

function wordsOf({ title, detail, code, status, instance }: Problem): string {
  const call = status >= 500 && instance !== undefined ? `, ${instance}` : '';
  return `${title}: ${detail} (${code}${call})`;
}

/** What the portal said is wrong, for those who have to tell one thing from another. */
export class PortalProblem extends Error {
  override readonly name = 'PortalProblem';
  readonly code: string;
  readonly status: number;

  constructor({ code, status, detail }: Problem) {
    super(detail);
    this.code = code;
    this.status = status;
  }
}

/** The code of the portal's problem that a failure came of, if it did. */
export const problemCode = (error: unknown): string | undefined => (error instanceof Failure && error.cause instanceof PortalProblem ? error.cause.code : undefined);
