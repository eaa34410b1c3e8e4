import { compose } from '../compose.ts';
import { auditPlatform } from './audit-platform.ts';

/** Lambda entry of the function `checkpoint`. */
export const handler = compose(auditPlatform()).checkpoint;
