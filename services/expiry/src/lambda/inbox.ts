import { compose } from '../compose.ts';
import { expiryPlatform } from './platform.ts';

/** Lambda entry of the function `inbox`. */
export const handler = compose(expiryPlatform()).inbox;
