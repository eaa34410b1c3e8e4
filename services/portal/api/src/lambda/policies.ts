import { composePolicies } from '../compose-policies.ts';
import { answer } from './answer.ts';
import { askingPlatform } from './doors-platform.ts';
import { wholeDirectory } from './whole-directory.ts';

const { ask, outOfReach, ...platform } = askingPlatform();

/** Lambda entry of the function `policies`. */
export const handler = answer(composePolicies({ ...platform, directory: wholeDirectory(platform) }, { ask, outOfReach }));
