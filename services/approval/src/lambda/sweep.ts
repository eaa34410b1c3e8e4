import { compose } from '../compose.ts';
import { approvalPlatform } from './platform.ts';

/** Lambda entry of the function `sweep`. */
export const handler = compose(approvalPlatform()).sweep;
