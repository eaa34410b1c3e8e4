import { compose } from '../compose.ts';
import { expiryPlatform } from './platform.ts';

/** Lambda entry of the function `sweep`. */
export const handler = compose(expiryPlatform()).sweep;
