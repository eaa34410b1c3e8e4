import { compose } from '../compose.ts';
import { requestPlatform } from './platform.ts';

/** Lambda entry of the function `inbox`. */
export const handler = compose(requestPlatform()).inbox;
