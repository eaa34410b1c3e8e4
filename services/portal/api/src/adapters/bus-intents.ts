import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ContractViolationError } from '@team/contracts';
import { TeamError, type NewId } from '@team/runtime';
import type { Intents } from '../application/ports.ts';

/** What intents are put on the bus with. */
export interface BusIntentsOptions {
  readonly client: EventBridgeClient;
  readonly busName: string;
  /** That of the emitter as which this function is registered. */
  readonly source: string;
  readonly clock: () => number;
  readonly newId: NewId;
}

/** The bus, as a registered emitter speaks to it. */
export function busIntents({ client, busName, source, clock, newId }: BusIntentsOptions): Intents {
  return {
    async put(contract, requestId, data) {
      const detail = { metadata: { eventId: newId(), ...(requestId === undefined ? {} : { requestId }), occurredAt: new Date(clock()).toISOString() }, data };
      try {
        contract.validate(detail);
      } catch (error) {
        if (!(error instanceof ContractViolationError)) throw error;
        throw new TeamError('ERR_INTENT_INVALID', error.issues.map(({ path, message }) => `${path.replace(/^data\./, '')}: ${message}`).join('; '), { cause: error });
      }
      const Entry = { EventBusName: busName, Source: source, DetailType: contract.detailType, Detail: JSON.stringify(detail) };
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [Entry] }));
      // PutEvents answers 200 with failures inside.
      const { EventId, ErrorCode = 'unknown error', ErrorMessage = '' } = Entries[0] ?? {};
      if (EventId === undefined) throw new TeamError('ERR_BUS_REFUSED', `the bus did not take the event: ${ErrorCode} ${ErrorMessage}`.trimEnd(), { retryable: true });
    },
  };
}
