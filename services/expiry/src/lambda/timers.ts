import { compose } from '../compose.ts';
import { expiryPlatform } from './platform.ts';

/** Lambda entry of the function `timers`. */
export const handler = compose(expiryPlatform()).timers;
