import type { Reason } from '../domain/events.ts';
import type { Refusal } from '../domain/commands.ts';
import { reasonOf } from '../domain/facts.ts';

/**
 * What an error of an SSO Admin call means. `refused`: AWS answered and did nothing. `silent`: it did not answer, or failed on its
 * side, so it may have done what was asked.
 */
export type Meaning =
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly throttled: boolean; readonly reason: Reason }
  | { readonly kind: 'silent'; readonly reason: Reason };

/**
 * Errors of CreateAccountAssignment and DeleteAccountAssignment:
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html#API_CreateAccountAssignment_Errors
 */
const refusals: Readonly<Record<string, Refusal>> = {
  ConflictException: 'busy',
  ThrottlingException: 'busy',
  ServiceQuotaExceededException: 'busy',
  ResourceNotFoundException: 'missing',
  ValidationException: 'impossible',
  AccessDeniedException: 'impossible',
};
const throttles: ReadonlySet<string> = new Set(['ThrottlingException', 'ServiceQuotaExceededException', 'TooManyRequestsException']);

/** Reads an error that the SDK threw. Throws it again where neither AWS nor the way to it caused it. */
export function meaningOf(error: unknown): Meaning {
  if (!(error instanceof Error)) throw error;
  const status = httpStatusOf(error);
  const reason = reasonOf(`ERR_IDENTITY_CENTER_${codeOf(error.name)}`, `${error.name}: ${error.message}`);
  if (status !== undefined && status >= 400 && status < 500) {
    // What AWS adds later, or says of our credentials, passes or is mended: only what is known to stay is given up.
    return { kind: 'refused', refusal: refusals[error.name] ?? 'busy', throttled: status === 429 || throttles.has(error.name), reason };
  }
  if (status === undefined && isOurMistake(error)) throw error;
  return { kind: 'silent', reason };
}

/** A program's own mistake never left this machine. */
const isOurMistake = (error: Error): boolean =>
  error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError || error instanceof SyntaxError;

function httpStatusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined;
  const { $metadata } = error;
  if (typeof $metadata !== 'object' || $metadata === null || !('httpStatusCode' in $metadata)) return undefined;
  return typeof $metadata.httpStatusCode === 'number' ? $metadata.httpStatusCode : undefined;
}

/** `ResourceNotFoundException` → `RESOURCE_NOT_FOUND`. */
function codeOf(name: string): string {
  const words = name.replace(/(Exception|Error)$/, '').match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? ['UNKNOWN'];
  return words.join('_').toUpperCase().slice(0, 40);
}
