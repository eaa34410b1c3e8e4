import { TeamError } from '@team/runtime';

/** A sign-in that did not come about; its message is for whoever tried, its cause for the log. */
export class SignInError extends TeamError {
  override readonly name = 'SignInError';

  constructor(code: 'ERR_RETURN_INVALID' | 'ERR_SIGN_IN_UNKNOWN' | 'ERR_SIGN_IN_REFUSED', message: string, cause?: unknown) {
    super(code, message, { cause });
  }
}
