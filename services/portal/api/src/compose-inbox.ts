import { createServiceKit, parseQuery, route, tableOf, TeamError, type KitPlatform, type SqsHandler } from '@team/runtime';
import * as z from 'zod';
import { recordedEvent } from '../../story/src/recorded-event.ts';
import { readModelTables } from './adapters/read-model-tables.ts';
import { rememberEvents } from './application/remember-events.ts';
import { heardAgain, heardOf } from './domain/heard.ts';
import { aboutRequests, manifest } from './manifest.ts';

/** What the function `rebuild` is given: a page of the audit trail. */
const recordedEvents = z.object({ events: z.array(recordedEvent).max(500) });

export interface InboxHandlers {
  /** Makes the read model of what the bus brings. */
  readonly inbox: SqsHandler;
  /** Makes it of recorded events, once more. Gives how many of them say something about requests. */
  readonly rebuild: (input: unknown) => Promise<{ readonly remembered: number }>;
}

/** What makes the read model. */
export function composeInbox(platform: KitPlatform): InboxHandlers {
  const { clients, config } = platform;
  const store = readModelTables(clients.documents, { events: tableOf(config, 'events'), requests: tableOf(config, 'requests'), lists: tableOf(config, 'lists') });
  const remember = rememberEvents(store, config.ownAccount, (requestId) => new TeamError('ERR_READ_MODEL_BUSY', `the row of request ${requestId} was written by others again and again`, { retryable: true }));
  const inbox = createServiceKit(manifest, platform).events(
    'inbox',
    aboutRequests.map((contract) =>
      route(
        contract,
        async (received) => {
          const heard = heardOf(contract, received);
          if (heard !== undefined) await remember(heard.requestId, [heard.event]);
        },
        // A wish that breaks its contract is answered by the service that judges it.
        contract.kind === 'intent' ? async () => true : undefined,
      ),
    ),
  );
  return {
    inbox,
    async rebuild(input) {
      const { events } = parseQuery(recordedEvents, input, 'about recorded events');
      const heard = events.flatMap((event) => {
        const contract = known.get(event.detailType);
        return (contract === undefined ? undefined : heardAgain(contract, event, config.ownAccount)) ?? [];
      });
      for (const [requestId, ofOne] of Map.groupBy(heard, (each) => each.requestId)) await remember(requestId, ofOne.map(({ event }) => event), 'whole');
      return { remembered: heard.length };
    },
  };
}

const known = new Map(aboutRequests.map((contract) => [contract.detailType, contract]));
