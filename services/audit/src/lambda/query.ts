import { lambdaPlatform } from '@team/runtime';
import { compose } from '../compose.ts';

/** Lambda entry of the function `query`. */
export const handler = compose(lambdaPlatform('audit')).query;
