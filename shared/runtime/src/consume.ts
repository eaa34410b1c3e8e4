import type { SQSClient } from '@aws-sdk/client-sqs';
import { ContractViolationError, deliveredEvent, type DeliveredEvent, type EventContract, type DataOf, type Received } from '@team/contracts';
import type { Context } from 'aws-lambda';
import { TeamError } from './errors.ts';
import type { Logger } from './logger.ts';
import { arrivedAtOf, consumeMessages, type ConsumedQueue, type SqsHandler } from './messages.ts';

/** An event whose contract was checked on arrival, as a handler gets it. */
export interface ReceivedEvent<Data> extends Received<Data> {
  /** When the queue first had it (ms since the epoch): a crash or an outage on our side makes nothing late. */
  readonly arrivedAt: number;
}

/** How one detail-type is handled. */
export interface Route {
  readonly contract: EventContract;
  handle(event: DeliveredEvent, context: Context, arrivedAt: number): Promise<void>;
  /** Intents only: answers an emitter whose event breaks the contract. Without it, or where it gives false, the message is a dead letter. */
  readonly refuse?: ((event: DeliveredEvent, violation: ContractViolationError) => Promise<boolean>) | undefined;
}

/** Binds a handler to a contract, so that its data is typed by it. */
export function route<Contract extends EventContract>(
  contract: Contract,
  handler: (event: ReceivedEvent<DataOf<Contract>>, context: Context) => Promise<void>,
  refuse?: Route['refuse'],
): Route {
  return {
    contract,
    refuse,
    handle: (event, context, arrivedAt) => {
      const { metadata, data } = contract.parse(event.detail);
      return handler(
        {
          metadata,
          data: data as DataOf<Contract>,
          detailType: contract.detailType,
          source: event.source,
          account: event.account,
          cause: { eventId: metadata.eventId, traceparent: metadata.traceparent },
          arrivedAt,
        },
        context,
      );
    },
  };
}

/** Consumes events of the bus: parses the envelope, finds the route by detail-type, checks the contract, handles. */
export function consumeEvents(queue: ConsumedQueue, sqs: SQSClient, logger: Logger, ownAccount: string, routes: readonly Route[]): SqsHandler {
  const byDetailType = new Map(routes.map((entry) => [entry.contract.detailType, entry]));
  return consumeMessages(queue, sqs, logger, async (body, context, record) => {
    const event = parseEnvelope(body);
    const found = byDetailType.get(event['detail-type']);
    if (found === undefined) throw new TeamError('ERR_DETAIL_TYPE_UNKNOWN', `nothing here handles "${event['detail-type']}"`);
    const { contract } = found;
    if (contract.kind === 'fact' && (event.source !== contract.source || event.account !== ownAccount)) {
      throw new TeamError('ERR_SOURCE_FOREIGN', `${contract.detailType} comes from ${contract.source} in account ${ownAccount} only, not from ${event.source} in ${event.account}`);
    }
    try {
      await found.handle(event, context, arrivedAtOf(record));
    } catch (error) {
      // Only what came broke its contract; a fact of our own that does not fit is our mistake, not the emitter's.
      const malformed = error instanceof ContractViolationError && error.detailType === contract.detailType;
      if (malformed && (await found.refuse?.(event, error)) === true) return;
      throw error;
    }
  });
}

/** The EventBridge envelope in a message's body. Throws a final error that says what is wrong. */
export function parseEnvelope(body: string): DeliveredEvent {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw new TeamError('ERR_JSON_MALFORMED', 'the message body is not JSON', { cause });
  }
  const result = deliveredEvent.safeParse(json);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ');
    throw new TeamError('ERR_ENVELOPE_INVALID', `not an event as EventBridge delivers it: ${problems}`);
  }
  return result.data;
}
