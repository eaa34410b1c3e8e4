import { compose } from '../compose.ts';
import { requestPlatform } from './platform.ts';

/** Lambda entry of the function `query`. */
export const handler = compose(requestPlatform()).query;
