import { compose } from '../compose.ts';
import { approvalPlatform } from './platform.ts';

/** Lambda entry of the function `inbox`. */
export const handler = compose(approvalPlatform()).inbox;
