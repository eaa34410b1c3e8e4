import { compose } from '../compose.ts';
import { requestPlatform } from './platform.ts';

/** Lambda entry of the function `timers`. */
export const handler = compose(requestPlatform()).timers;
