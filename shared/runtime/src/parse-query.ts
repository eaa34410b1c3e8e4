import type * as z from 'zod';
import { QuestionError } from './errors.ts';

/**
 * The query in an input of a service's function `query`. `about` ends the sentence "not a query …".
 *
 * @throws QuestionError `ERR_QUERY_INVALID` that names every wrong field
 */
export function parseQuery<Query>(shape: z.ZodType<Query>, input: unknown, about: string): Query {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new QuestionError('ERR_QUERY_INVALID', `not a query ${about}: ${fields}`);
}
