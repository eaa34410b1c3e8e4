import { compose } from '../compose.ts';
import { provisioningPlatform } from './platform.ts';

/** Lambda entry of the function `dispatch`. */
export const handler = compose(provisioningPlatform()).dispatch;
