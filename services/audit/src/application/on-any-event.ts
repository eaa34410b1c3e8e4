import { toTimestamp, type Clock, type MessageHandler } from '@team/runtime';
import { recordOf, type Reading } from '../domain/record.ts';
import { appendRecord } from './append-record.ts';
import type { AppendableTrail } from './ports.ts';

/**
 * Records whatever the bus delivers: known or not, true to its contract or not. Only a message that is no event at all is refused
 * (`ERR_JSON_MALFORMED`, `ERR_ENVELOPE_INVALID`).
 */
export function onAnyEvent(trail: AppendableTrail, reading: Reading, clock: Clock): MessageHandler {
  return (body) => appendRecord(trail, recordOf(body, toTimestamp(clock()), reading), reading.digest);
}
