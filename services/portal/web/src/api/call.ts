import { problemOf, ProblemError, unreachable } from './problem-error.ts';
import { noteServerTime } from './server-clock.ts';

const LIMIT_MS = 15_000;

interface Call {
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/**
 * Calls the API as who is signed in; the cookie goes along by itself. The type is the contract's, which the server holds its answers to.
 *
 * @throws {ProblemError} for every answer that is no success, and where nothing answers.
 */
export async function call<Answer>(method: 'GET' | 'POST', path: string, { body, signal }: Call = {}): Promise<Answer> {
  const response = await send(method, path, body, signal);
  if (!response.ok) throw await problemOf(response);
  const answer = (await response.json()) as Answer;
  if (hasTime(answer)) noteServerTime(answer.now);
  return answer;
}

async function send(method: string, path: string, body: object | undefined, signal: AbortSignal | undefined): Promise<Response> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      redirect: 'error',
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (cause) {
    // A call that the page itself gave up is nothing to tell anybody.
    if (signal?.aborted) throw cause;
    throw unreachable(cause);
  }
}

function hasTime(answer: unknown): answer is { now: string } {
  return typeof answer === 'object' && answer !== null && 'now' in answer && typeof answer.now === 'string';
}

/** A question as the part of a path after `?`; what is empty is left out. */
export function question(parts: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parts).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

/** Whether trying again by itself may help. */
export function passing(error: Error): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

/** The longest that anything is put off by itself (ms): a person waits. */
const LONGEST_PAUSE_MS = 60_000;

/** How long to wait before trying again (ms): what the server says, or longer each time. */
export function pauseBefore(count: number, error: Error): number {
  const told = error instanceof ProblemError ? error.retryAfterMs : undefined;
  return Math.min(told ?? 1_000 * 2 ** count, LONGEST_PAUSE_MS);
}
