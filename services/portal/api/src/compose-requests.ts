import { tableOf } from '@team/runtime';
import { busIntents } from './adapters/bus-intents.ts';
import { readModelTables } from './adapters/read-model-tables.ts';
import { requestViews } from './adapters/request-views.ts';
import type { DoorPlatform } from './compose-ground.ts';

/** What is known of requests. */
export function viewsOf({ clients, config, clock }: Pick<DoorPlatform, 'clients' | 'config' | 'clock'>) {
  const tables = { events: tableOf(config, 'events'), requests: tableOf(config, 'requests'), lists: tableOf(config, 'lists') };
  return requestViews(clients.documents, tables, readModelTables(clients.documents, tables), config.ownAccount, clock);
}

/** The bus, for who speaks there as the emitter of this source. */
export const intentsOf = ({ clients, config, clock, newId }: DoorPlatform<'eventBridge'>, source: string) => busIntents({ client: clients.eventBridge, busName: config.busName, source, clock, newId });
