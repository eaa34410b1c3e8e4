import { lambdaPlatform } from '@team/runtime';
import { compose } from '../compose.ts';

/** Lambda entry of the function `sweep`. */
export const handler = compose(lambdaPlatform('audit')).sweep;
