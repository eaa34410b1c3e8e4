import type { Why } from '../../../story/src/request-story.ts';
import { printable } from './printable.ts';

/** `ERR_NOT_ELIGIBLE: no eligibility policy allows it (ReadOnlyAccess in 111122223333)`. */
export function whyLine({ code, message, about }: Why): string {
  return printable(`${code === undefined ? '' : `${code}: `}${message}${about === undefined ? '' : ` (${about})`}`);
}
