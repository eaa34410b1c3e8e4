import { compose } from '../compose.ts';
import { auditPlatform } from './platform.ts';

/** Lambda entry of the function `inbox`. */
export const handler = compose(auditPlatform()).inbox;
