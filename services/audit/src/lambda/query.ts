import { compose } from '../compose.ts';
import { auditPlatform } from './audit-platform.ts';

/** Lambda entry of the function `query`. */
export const handler = compose(auditPlatform()).query;
