import { compose } from '../compose.ts';
import { approvalPlatform } from './platform.ts';

/** Lambda entry of the function `query`. */
export const handler = compose(approvalPlatform()).query;
