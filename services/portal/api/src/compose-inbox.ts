import { createServiceKit, parseQuery, route, tableOf, TeamError, type Platform, type SqsHandler } from '@team/runtime';
import * as z from 'zod';
import { recordedEvent, type RecordedEvent } from '../../story/src/recorded-event.ts';
import { readModelTables } from './adapters/read-model-tables.ts';
import { rememberEvent } from './application/remember-event.ts';
import { aboutRequests, manifest } from './manifest.ts';

/** What the function `rebuild` is given: a page of the audit trail. */
const recordedEvents = z.object({ events: z.array(recordedEvent).max(500) });

export interface InboxHandlers {
  /** Makes the read model of what the bus brings. */
  readonly inbox: SqsHandler;
  /** Makes it of recorded events, once more. Gives how many of them are about requests. */
  readonly rebuild: (input: unknown) => Promise<{ readonly remembered: number }>;
}

/** What makes the read model. */
export function composeInbox(platform: Platform): InboxHandlers {
  const { clients, config } = platform;
  const store = readModelTables(clients.documents, { events: tableOf(config, 'events'), requests: tableOf(config, 'requests'), lists: tableOf(config, 'lists') });
  const remember = rememberEvent(store, config.ownAccount, (requestId) => new TeamError('ERR_READ_MODEL_BUSY', `the row of request ${requestId} was written by others again and again`, { retryable: true }));
  const inbox = createServiceKit(manifest, platform).events(
    'inbox',
    aboutRequests.map((contract) =>
      route(
        contract,
        async ({ metadata, data, detailType, source, account, arrivedAt }) => {
          const { requestId, eventId, occurredAt } = metadata;
          if (requestId === undefined) return;
          // What an emitter says of time is not believed.
          const time = contract.kind === 'fact' ? occurredAt : new Date(arrivedAt).toISOString();
          const event: RecordedEvent = { chain: chainOf(requestId), recordedAt: new Date(arrivedAt).toISOString(), time, source, detailType, account, eventId, detail: { metadata, data } };
          await remember(requestId, event);
        },
        // A wish that breaks its contract is answered by the service that judges it.
        contract.kind === 'intent' ? async () => true : undefined,
      ),
    ),
  );
  return {
    inbox,
    async rebuild(input) {
      const ofRequests = parseQuery(recordedEvents, input, 'about recorded events').events.filter(({ chain, detailType }) => chain.startsWith(chainOf('')) && known.has(detailType));
      for (const event of ofRequests) await remember(event.chain.slice(chainOf('').length), event);
      return { remembered: ofRequests.length };
    },
  };
}

const known = new Set(aboutRequests.map(({ detailType }) => detailType));
/** Chain of a request in the audit trail. */
const chainOf = (requestId: string): string => `request#${requestId}`;
