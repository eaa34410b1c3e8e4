import { compose } from '../compose.ts';
import { auditPlatform } from './platform.ts';

/** Lambda entry of the function `follow`. */
export const handler = compose(auditPlatform()).follow;
