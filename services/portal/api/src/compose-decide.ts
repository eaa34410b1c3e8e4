import type { PeopleDirectory } from '@team/directory';
import { TeamError } from '@team/runtime';
import { channelSigner } from './adapters/channel-signer.ts';
import { directoryPeople } from './adapters/directory-people.ts';
import type { AskService } from './adapters/service-questions.ts';
import { groundOf, type DoorPlatform } from './compose-ground.ts';
import { intentsOf, viewsOf } from './compose-requests.ts';
import { createDecide } from './http/create-decide.ts';
import type { Door } from './http/front.ts';

export interface DecidePlatform extends DoorPlatform<'eventBridge' | 'kms'> {
  readonly directory: Pick<PeopleDirectory, 'findUser' | 'groupsOf'>;
}

/** The door for what people say that counts: it alone signs, with the channel's key. */
export function composeDecide(platform: DecidePlatform, { ask, source, keyId }: { readonly ask: AskService; readonly source: string; readonly keyId: string }): Door {
  const { clients, clock, directory, newId } = platform;
  const { services, options } = groundOf(platform, ask);
  const people = directoryPeople({ ...directory, snapshot: nothingIsListed }, services, clock);
  return createDecide({ people, views: viewsOf(platform), services, intents: intentsOf(platform, source), intentsAs: (machine) => intentsOf(platform, machine), signer: channelSigner(clients.kms, keyId, clock), now: clock, newId }, options).fetch;
}

/** What is decided is decided by live answers about one person. */
const nothingIsListed = (): Promise<never> => Promise.reject(new TeamError('ERR_NOT_LISTED', 'the function decide lists nobody and nothing'));
