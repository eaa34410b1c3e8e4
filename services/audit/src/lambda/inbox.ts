import { lambdaPlatform } from '@team/runtime';
import { compose } from '../compose.ts';

/** Lambda entry of the function `inbox`. */
export const handler = compose(lambdaPlatform('audit')).inbox;
