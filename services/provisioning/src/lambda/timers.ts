import { compose } from '../compose.ts';
import { provisioningPlatform } from './platform.ts';

/** Lambda entry of the function `timers`. */
export const handler = compose(provisioningPlatform()).timers;
