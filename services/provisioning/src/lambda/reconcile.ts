import { compose } from '../compose.ts';
import { provisioningPlatform } from './platform.ts';

/** Lambda entry of the function `reconcile`. */
export const handler = compose(provisioningPlatform()).reconcile;
