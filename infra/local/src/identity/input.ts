import type * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';
import type { JsonObject } from '../cloud/json.ts';
import { notImplemented } from '../cloud/not-implemented.ts';
import type { Call } from '../cloud/stand-in.ts';

/** One AWS action: from the decoded call to the output object. */
export type Action = (call: Call) => JsonObject;

/**
 * Checks the input of a call as AWS does before anything else; unknown members are ignored, as AWS JSON services do.
 * Throws `AwsError` with `code` (the service's own name for bad input) and every failing member in the message.
 */
export function parseInput<S extends z.ZodType>(schema: S, call: Call, code = 'ValidationException'): z.infer<S> {
  const parsed = schema.safeParse(call.input);
  if (parsed.success) return parsed.data;
  const failures = parsed.error.issues.map((issue) => `${issue.message} at '${issue.path.join('.')}'`);
  throw new AwsError(code, `${failures.length} validation error${failures.length === 1 ? '' : 's'} detected: ${failures.join('; ')}`);
}

/** Performs the action that the call names; refuses what the stand-in does not imitate, so that nothing passes by accident. */
export function perform(service: string, actions: ReadonlyMap<string, Action>, call: Call): JsonObject {
  return (actions.get(call.action) ?? notImplemented(service, call.action))(call);
}
