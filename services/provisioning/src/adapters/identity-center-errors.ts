import { isOutage } from '@team/runtime';
import type { Reason } from '../domain/events.ts';
import type { Refusal } from '../domain/commands.ts';
import { reasonOf } from '../domain/facts.ts';

/**
 * What an error of an SSO Admin call means. `refused`: AWS answered and did nothing, or was not even asked. `silent`: it did not answer,
 * or failed on its side, so it may have done what was asked. `throttled`: asking anything else is no use now.
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
/** All slots are taken: this says nothing about AWS being down, but nothing else can begin either. */
const quota = 'ServiceQuotaExceededException';
/** Credentials are had before anything is sent. https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html */
const neverSent = 'CredentialsProviderError';

/** Reads an error that the SDK threw. Throws it again where neither AWS nor the way to it caused it. */
export function meaningOf(error: unknown): Meaning {
  if (!(error instanceof Error)) throw error;
  const status = httpStatusOf(error);
  const down: boolean = isOutage(error);
  const reason = reasonOf(`ERR_IDENTITY_CENTER_${codeOf(error.name)}`, `${error.name}: ${error.message}`);
  if (error.name === neverSent || (status !== undefined && status >= 400 && status < 500)) {
    // What AWS adds later, or says of our credentials, passes or is mended: only what is known to stay is given up.
    return { kind: 'refused', refusal: refusals[error.name] ?? 'busy', throttled: down || error.name === quota, reason };
  }
  if (status === undefined && !down && isOurMistake(error)) throw error;
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
