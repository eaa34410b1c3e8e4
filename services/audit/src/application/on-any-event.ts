import { recordOf, type Reading } from '../domain/record.ts';
import { toTimestamp } from '../domain/timing.ts';
import type { AppendRecord, Clock } from './ports.ts';

/**
 * Records whatever the bus delivers: known or not, true to its contract or not. Only a message that is no event at all is refused
 * (`ERR_JSON_MALFORMED`, `ERR_ENVELOPE_INVALID`).
 */
export function onAnyEvent(append: AppendRecord, reading: Reading, clock: Clock): (body: string) => Promise<void> {
  return async (body) => append(recordOf(body, toTimestamp(clock()), reading));
}
