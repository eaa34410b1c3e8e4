import { cursorInvalid } from '../cursor-invalid.ts';
import type { FinalError } from '../ports.ts';

/** Digest of any value, hexadecimal. */
type Digest = (value: unknown) => string;
const digits = 16;

/** Cursors of one question: opaque, and of no other question. What was changed on its way is refused. */
export interface Cursors {
  write(position: string): string;
  /** Throws `ERR_CURSOR_INVALID`. */
  read(cursor: string | undefined): string | undefined;
}

/** `question`: what is asked, without where to go on and how much of it. */
export function cursorsOf(question: object, digest: Digest, finalError: FinalError): Cursors {
  const sealOf = (position: string): string => digest({ question, position }).slice(0, digits);
  return {
    write: (position) => btoa(`${sealOf(position)}${position}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
    read(cursor) {
      if (cursor === undefined) return undefined;
      const text = plain(cursor) ?? '';
      const position = text.slice(digits);
      if (position === '' || text.slice(0, digits) !== sealOf(position)) throw cursorInvalid(finalError, cursor);
      return position;
    },
  };
}

function plain(cursor: string): string | undefined {
  try {
    return atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    // Not what was written; the caller refuses it.
    return undefined;
  }
}
