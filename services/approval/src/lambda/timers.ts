import { compose } from '../compose.ts';
import { approvalPlatform } from './platform.ts';

/** Lambda entry of the function `timers`. */
export const handler = compose(approvalPlatform()).timers;
