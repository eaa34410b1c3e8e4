/**
 * Base of every error this product raises on purpose. `code` starts with `ERR_` and never changes once published;
 * the message says what was given and what to do. A `retryable` error is worth the same call again, later.
 *
 * @example throw new TeamError('ERR_USER_UNKNOWN', `no user "${ref}" in the identity store; check the spelling`)
 */
export class TeamError extends Error {
  override readonly name: string = 'TeamError';
  readonly code: `ERR_${string}`;
  readonly retryable: boolean;

  constructor(code: `ERR_${string}`, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** What was asked is not answered as it stands: the same question is refused again. Who invokes a function hears of it by its name. */
export class QuestionError extends TeamError {
  override readonly name: string = 'QuestionError';
}

/** What we depend on is down or overloaded: the work is put off without using up its receives. */
export class OutageError extends TeamError {
  override readonly name: string = 'OutageError';
  /** When it is worth trying again; absent: nobody knows, so it is tried later each time. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: `ERR_${string}`, message: string, options: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(code, message, { retryable: true, cause: options.cause });
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
