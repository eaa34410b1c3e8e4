import type { PeopleDirectory } from '@team/directory';
import { directoryPeople } from './adapters/directory-people.ts';
import { directoryPlaces } from './adapters/directory-places.ts';
import type { AskService } from './adapters/service-questions.ts';
import { groundOf, type DoorPlatform } from './compose-ground.ts';
import { surveyedBy } from './compose-survey.ts';
import { createPolicies } from './http/create-policies.ts';
import type { Door } from './http/front.ts';

export interface PoliciesPlatform extends DoorPlatform {
  readonly directory: Pick<PeopleDirectory, 'findUser' | 'groupsOf'>;
}

/** The door at which policies are read, and changes planned. */
export function composePolicies(platform: PoliciesPlatform, { ask, outOfReach }: { readonly ask: AskService; readonly outOfReach: readonly string[] }): Door {
  const { config, directory, clock, newId } = platform;
  const { services, options } = groundOf(platform, ask);
  const listed = surveyedBy(platform);
  const people = directoryPeople({ ...directory, ...listed.people }, services, clock);
  return createPolicies({ people, services, places: directoryPlaces(listed.all), emitters: config.emitters, outOfReach, ownAccount: config.ownAccount, now: clock, newId }, options).fetch;
}
