import { recordOf, type Reading } from '../domain/record.ts';
import { toTimestamp } from '../domain/timing.ts';
import type { AppendRecord, Clock } from './ports.ts';

/**
 * Tells apart messages that are appended to different chains, without reading them whole: what has the same request id, or none, goes one after
 * the other. Wrongly told apart or together, they are recorded all the same.
 */
export const laneOf = (body: string): string => /"requestId":"([0-9a-f-]{36})"/.exec(body)?.[1] ?? '';

/**
 * Records whatever the bus delivers: known or not, true to its contract or not. Only a message that is no event at all is refused
 * (`ERR_JSON_MALFORMED`, `ERR_ENVELOPE_INVALID`).
 */
export function onAnyEvent(append: AppendRecord, reading: Reading, clock: Clock): (body: string) => Promise<void> {
  return async (body) => append(recordOf(body, toTimestamp(clock()), reading));
}
