import type { JsonObject } from './json.ts';

/** Who calls, as the access key id says. `name` is the emitter's or service's name, `*` rights belong to nobody. */
export interface Caller {
  readonly name: string;
  readonly roleArn: string;
  readonly accountId: string;
}

/** One AWS API call after protocol decoding: `action` as AWS names it (`PutEvents`), `input` as the SDK sent it. */
export interface Call {
  readonly action: string;
  readonly input: JsonObject;
  readonly caller: Caller;
}

/**
 * A stand-in for one AWS service that speaks AWS JSON 1.0/1.1.
 * `target` is what stands before the dot in `x-amz-target` (`AWSEvents`, `AmazonSQS`, `SWBExternalService`, …).
 * `handle` answers with the output object, or throws `AwsError`; an action that it does not implement is refused
 * with `AwsError` code `NotImplementedByLocalCloud`.
 */
export interface StandIn {
  readonly target: string;
  handle(call: Call): JsonObject | Promise<JsonObject>;
}
