import type { FinalError } from './ports.ts';

/** `ERR_CURSOR_INVALID`: `after` is not from an earlier answer to the same question. */
export const cursorInvalid = (finalError: FinalError, after: string): Error =>
  finalError('ERR_CURSOR_INVALID', `"${after}" is no cursor of this question; begin again without`);
