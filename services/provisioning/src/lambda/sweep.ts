import { compose } from '../compose.ts';
import { provisioningPlatform } from './platform.ts';

/** Lambda entry of the function `sweep`. */
export const handler = compose(provisioningPlatform()).sweep;
