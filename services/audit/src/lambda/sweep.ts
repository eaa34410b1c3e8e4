import { compose } from '../compose.ts';
import { auditPlatform } from './platform.ts';

/** Lambda entry of the function `sweep`. */
export const handler = compose(auditPlatform()).sweep;
