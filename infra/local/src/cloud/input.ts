import type * as z from 'zod';
import { AwsError } from './aws-error.ts';
import type { JsonObject } from './json.ts';

/** Checks a call's input; a wrong one is refused with `code`, saying which member is wrong and why. Unknown members are ignored. */
export function checkedInput<S extends z.ZodType>(schema: S, input: JsonObject, code = 'ValidationException'): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const said = result.error.issues.map(({ path, message }) => `Value at '${path.join('.') || 'input'}' failed: ${message}`);
  throw new AwsError(code, `${said.length} validation error${said.length === 1 ? '' : 's'} detected: ${said.join('; ')}`);
}
