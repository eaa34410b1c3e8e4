import { compose } from '../compose.ts';
import { auditPlatform } from './platform.ts';

/** Lambda entry of the function `rebuild`. */
export const handler = compose(auditPlatform()).rebuild;
