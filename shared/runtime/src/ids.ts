import { v5, v7 } from 'uuid';
import type { Clock } from './clock.ts';

/** Draws the id of each published event: UUIDv7 (RFC 9562 §5.7), ordered by time. */
export type NewId = () => string;

/** UUIDv7 from the given clock; `random` fills 16 bytes and defaults to the platform's generator. */
export function uuidv7Source(clock: Clock, random?: () => Uint8Array): NewId {
  return () => v7({ msecs: clock(), ...(random === undefined ? {} : { random: random() }) });
}

/** Namespace of ids that follow from a text (RFC 9562 §5.5). */
const textNamespace = '6f0b7a52-3c0e-5b0e-9f5c-5d1f2f0a9a11';

/** The same UUID for the same text, whoever computes it. */
export const uuidOf = (text: string): string => v5(text, textNamespace);

/**
 * Id of the grant of one target of a request: the same for the same target, whoever computes it.
 *
 * @example grantIdOf('018f…', '111122223333', 'arn:aws:sso:::permissionSet/ssoins-1/ps-1')
 */
export function grantIdOf(requestId: string, accountId: string, permissionSetArn: string): string {
  return v5(`${accountId}/${permissionSetArn}`, requestId);
}
