import { createServiceKit, route, tableOf, TeamError, type Platform, type SqsHandler } from '@team/runtime';
import type { RecordedEvent } from '../../story/src/recorded-event.ts';
import { readModelTables } from './adapters/read-model-tables.ts';
import { rememberEvent } from './application/remember-event.ts';
import { aboutRequests, manifest } from './manifest.ts';

/** The handler that makes the read model of what the bus brings. */
export function composeInbox(platform: Platform): SqsHandler {
  const { clients, config } = platform;
  const store = readModelTables(clients.documents, { events: tableOf(config, 'events'), requests: tableOf(config, 'requests'), lists: tableOf(config, 'lists') });
  const remember = rememberEvent(store, config.ownAccount, (requestId) => new TeamError('ERR_READ_MODEL_BUSY', `the row of request ${requestId} was written by others again and again`, { retryable: true }));
  return createServiceKit(manifest, platform).events(
    'inbox',
    aboutRequests.map((contract) =>
      route(
        contract,
        async ({ metadata, data, detailType, source, account, arrivedAt }) => {
          const { requestId, eventId, occurredAt } = metadata;
          if (requestId === undefined) return;
          // What an emitter says of time is not believed.
          const time = contract.kind === 'fact' ? occurredAt : new Date(arrivedAt).toISOString();
          const event: RecordedEvent = { chain: `request#${requestId}`, recordedAt: new Date(arrivedAt).toISOString(), time, source, detailType, account, eventId, detail: { metadata, data } };
          await remember(requestId, event);
        },
        // A wish that breaks its contract is answered by the service that judges it.
        contract.kind === 'intent' ? async () => true : undefined,
      ),
    ),
  );
}
