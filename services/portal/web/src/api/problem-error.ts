import type { Problem } from '../../../api/src/contract/index.ts';

/**
 * An answer of the API that is no success, or no answer at all (`status` 0). `code` is what the code decides by; `message` tells
 * people what to do.
 *
 * @example error instanceof ProblemError && error.code === 'ERR_SIGN_IN_TOO_OLD'
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** The call, to be found in the log of the server. */
  readonly instance: string | undefined;
  readonly problems: NonNullable<Problem['problems']>;
  /** How long the server wants to be left alone (ms), where it says so. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Omit<Problem, 'type'>, { retryAfterMs, ...options }: ErrorOptions & { readonly retryAfterMs?: number | undefined } = {}) {
    super(problem.detail, options);
    this.title = problem.title;
    this.status = problem.status;
    this.code = problem.code;
    this.instance = problem.instance;
    this.problems = problem.problems ?? [];
    this.retryAfterMs = retryAfterMs;
  }
}

/** What to say where nothing answered. */
export function unreachable(cause: unknown): ProblemError {
  const detail = 'Nothing answered. Look whether you are online; what you see is tried again by itself.';
  return new ProblemError({ title: 'TEAM cannot be reached', status: 0, code: 'ERR_UNREACHABLE', detail }, { cause });
}

/** The problem in an answer, or one made of its status where a proxy answered in the API's place. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  const said = isProblem ? ((await response.json()) as Partial<Problem>) : {};
  const problem = {
    title: said.title ?? titles[response.status] ?? 'That did not work',
    status: response.status,
    code: said.code ?? `ERR_HTTP_${response.status}`,
    detail: said.detail ?? details[response.status] ?? `The server answered ${response.status}. Try again in a minute.`,
    ...(said.instance === undefined ? {} : { instance: said.instance }),
    ...(said.problems === undefined ? {} : { problems: said.problems }),
  };
  return new ProblemError(problem, { retryAfterMs: retryAfter(response.headers) });
}

/** In ms; a date, which the header may hold as well, is not what this server says. */
function retryAfter(headers: Headers): number | undefined {
  const seconds = headers.get('retry-after');
  return seconds !== null && /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
}

const titles: Readonly<Record<number, string>> = {
  401: 'You are signed out',
  403: 'You may not do that',
  404: 'There is no such thing here',
  429: 'Too many calls',
  503: 'TEAM is not available just now',
};

const details: Readonly<Record<number, string>> = {
  401: 'Sign in to go on.',
  403: 'Somebody with the right to it can do it for you.',
  404: 'It does not exist, or you may not see it.',
  429: 'Wait a moment; it is tried again by itself.',
  503: 'What was asked for is kept. It is tried again by itself.',
};
