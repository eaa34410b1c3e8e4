import { compose } from '../compose.ts';
import { auditPlatform } from './platform.ts';

/** Lambda entry of the function `grants`. */
export const handler = compose(auditPlatform()).grants;
