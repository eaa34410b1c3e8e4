import { createPeopleDirectory } from '@team/directory';
import { composePolicies } from '../compose-policies.ts';
import { answer } from './answer.ts';
import { askingPlatform, peopleOptions } from './doors-platform.ts';

const { ask, outOfReach, ...platform } = askingPlatform();

/** Lambda entry of the function `policies`. */
export const handler = answer(composePolicies({ ...platform, directory: createPeopleDirectory(peopleOptions(platform)) }, { ask, outOfReach }));
