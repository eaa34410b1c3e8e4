import { TeamError } from '@team/runtime';
import type { ErrorHandler } from 'hono';
import { failurePage } from './failure-page.ts';
import { SignInError } from './sign-in-error.ts';
import { NotLetInError, notLetIn } from './unauthorized.ts';

export interface SignInEnv {
  readonly Variables: {
    /** Where whoever did not get in can try again. */
    retry: string;
  };
}

/** Where it is told to those who run this why somebody did not get in. */
export interface SignInLog {
  warn(message: string, facts: Readonly<Record<string, unknown>>): void;
}

/** What people are told whose sign-in did not work. What is not about them goes on to who handles errors; what happened inside, to the log alone. */
export function toldOnPage(log?: SignInLog): ErrorHandler<SignInEnv> {
  return async (error, context) => {
    const ofTheirs = error instanceof NotLetInError || error instanceof SignInError;
    if (!ofTheirs && !(error instanceof TeamError && error.retryable)) throw error;
    log?.warn('a sign-in did not come about', { code: error.code, path: context.req.path, reason: error.message, because: messagesOf(error.cause) });
    if (error instanceof NotLetInError && context.req.method === 'POST') return notLetIn(error);

    const retry = new URL(context.get('retry') ?? '/auth/sign-in', 'http://localhost');
    // The provider would name the same person again, unless it asks.
    if (error instanceof NotLetInError) retry.searchParams.set('again', '1');
    return failurePage({
      status: error instanceof NotLetInError ? 403 : ofTheirs ? 400 : 503,
      code: error.code,
      reason: ofTheirs ? error.message : 'Something that signing in depends on does not answer. Try again in a moment.',
      retry: `${retry.pathname}${retry.search}`,
    });
  };
}

/** What libraries say went wrong, as words: their errors carry claims and tokens along, which are for no log. */
function messagesOf(cause: unknown): readonly string[] {
  return cause instanceof Error ? [`${cause.name}: ${cause.message}`, ...messagesOf(cause.cause)] : [];
}
