import type { Clients } from '@team/runtime';
import { serviceNames, usualComposers, type Composers } from '../../../infra/local/src/system/compose-services.ts';
import type { Place } from '../../../infra/local/src/system/place.ts';

interface Sender {
  send(command: never, ...more: never[]): unknown;
}

/** A command of the SDK as it is given to a client: its class and its input. */
export interface SentCommand {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Stands around each call: `next` makes it, with this input in the place of its own where one is given. */
export type AroundCall = (command: SentCommand, next: (input?: Readonly<Record<string, unknown>>) => Promise<unknown>) => Promise<unknown>;

/** A client whose calls go through `around` first. */
export function sendingThrough<Client extends Sender>(client: Client, around: AroundCall): Client {
  return new Proxy(client, {
    get(target, property) {
      if (property !== 'send') return Reflect.get(target, property, target);
      return (command: SentCommand, ...more: unknown[]) => {
        const next = async (input = command.input): Promise<unknown> =>
          Reflect.apply(target.send, target, [Reflect.construct(command.constructor, [input]), ...more]);
        return around({ name: command.constructor.name, input: command.input }, next);
      };
    },
  });
}

/** Services whose calls by one of the clients go through what `around` makes at their place. */
export function callsThrough(
  client: keyof Clients,
  around: (place: Place) => AroundCall,
  services: readonly (keyof Composers)[] = serviceNames,
): Partial<Composers> {
  const changed = (place: Place): Place => {
    const clients = { ...place.platform.clients, [client]: sendingThrough(place.platform.clients[client], around(place)) };
    return { ...place, platform: { ...place.platform, clients } };
  };
  return Object.fromEntries(services.map((service) => [service, (place: Place) => usualComposers[service](changed(place))]));
}
