import { compose } from '../compose.ts';
import { provisioningPlatform } from './platform.ts';

/** Lambda entry of the function `inbox`. */
export const handler = compose(provisioningPlatform()).inbox;
