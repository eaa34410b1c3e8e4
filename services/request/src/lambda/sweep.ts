import { compose } from '../compose.ts';
import { requestPlatform } from './platform.ts';

/** Lambda entry of the function `sweep`. */
export const handler = compose(requestPlatform()).sweep;
