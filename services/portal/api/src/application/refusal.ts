import { TeamError } from '@team/runtime';

/** How a refusal came about, in words that know nothing of HTTP. */
export type RefusalKind = 'unknown' | 'forbidden' | 'sign-in' | 'conflict' | 'invalid';

/**
 * What somebody wants cannot be: it is not theirs, not there, or no longer possible. Never retryable; the message is for the person.
 *
 * @example throw new Refusal('conflict', 'ERR_NOT_PENDING', 'the request is denied; nobody decides on it any more')
 */
export class Refusal extends TeamError {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, code: `ERR_${string}`, message: string) {
    super(code, message);
    this.kind = kind;
  }
}
