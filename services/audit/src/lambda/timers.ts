import { compose } from '../compose.ts';
import { auditPlatform } from './platform.ts';

/** Lambda entry of the function `timers`. */
export const handler = compose(auditPlatform()).timers;
