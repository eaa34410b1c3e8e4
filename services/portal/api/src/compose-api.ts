import type { PeopleDirectory } from '@team/directory';
import { directoryPeople } from './adapters/directory-people.ts';
import { directoryPlaces } from './adapters/directory-places.ts';
import { directoryUser } from './adapters/directory-user.ts';
import type { AskService } from './adapters/service-questions.ts';
import { groundOf, type DoorPlatform, type TokenConfig } from './compose-ground.ts';
import { intentsOf, viewsOf } from './compose-requests.ts';
import { surveyedBy } from './compose-survey.ts';
import type { Configuration } from './contract/index.ts';
import { createApi } from './http/create-api.ts';
import type { Door } from './http/front.ts';

export interface ApiPlatform extends DoorPlatform<'eventBridge'> {
  readonly directory: Pick<PeopleDirectory, 'findUser' | 'groupsOf'>;
}

/** The door for reading and asking; `source` is that of the emitter as which it is registered. */
export function composeApi(platform: ApiPlatform, { ask, source, outOfReach }: { readonly ask: AskService; readonly source: string; readonly outOfReach: readonly string[] }): Door {
  const { config, directory, clock, newId, signIn } = platform;
  const { services, options } = groundOf(platform, ask);
  const listed = surveyedBy(platform);
  const people = directoryPeople({ ...directory, ...listed.people }, services, clock);
  const mayAskForOthers = config.emitters.find((emitter) => emitter.source === source)?.mayAskForOthers ?? { groupIds: [], userIds: [] };
  const asking = { intents: intentsOf(platform, source), intentsAs: (machine: string) => intentsOf(platform, machine), findUser: directoryUser(directory), mayAskForOthers };
  const ports = { ...asking, configuration: configurationOf(signIn), people, views: viewsOf(platform), services, places: directoryPlaces(listed.all), outOfReach, ownAccount: config.ownAccount, emitters: config.emitters, now: clock, newId };
  return createApi(ports, options).fetch;
}

function configurationOf({ issuer, commandLine }: TokenConfig): Configuration {
  if (commandLine === undefined) return { issuer };
  const { id: clientId, redirectUris } = commandLine;
  return { issuer, clientId, ...(redirectUris === undefined ? {} : { redirectUris: [...redirectUris] }) };
}
