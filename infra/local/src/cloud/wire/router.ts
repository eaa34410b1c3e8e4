import { isPromise } from 'node:util/types';
import { AwsError } from '../aws-error.ts';
import type { JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import { randomUuid } from '../random-sources.ts';
import type { Call, Caller, StandIn } from '../stand-in.ts';
import type { Store } from '../store.ts';
import { queryCodes } from '../sqs/query-codes.ts';
import { encodeError, encodeOutput, parseInput, targetOf, versionOf } from './json-protocol.ts';
import type { WireRequest, WireResponse } from './message.ts';
import { encodeS3Error, encodeS3Output, isS3Request, s3CallOf } from './s3-protocol.ts';
import { encodeCallerIdentity, encodeQueryError, isQueryRequest, queryActionOf } from './query-protocol.ts';

/** A call on its way to a stand-in; `target` is the stand-in's. */
export interface RoutedCall extends Call {
  readonly target: string;
}

/** Throws `AwsError` `AccessDeniedException` where the caller may not do this. */
export type Authorize = (call: RoutedCall) => void;

export interface RouterOptions {
  readonly standIns: readonly StandIn[];
  /** Whom an access key id names; undefined is answered as AWS answers an unknown key. */
  readonly callers: (accessKeyId: string) => Caller | undefined;
  readonly store: Store;
  readonly random: Random;
  /** Judges each call before anything else; no stand-in judges any. Without it everybody known may do everything. */
  readonly authorize?: Authorize;
  /** Stands around each authorized call: a simulator delays it, fails it before or after, never answers, or gives another input. */
  readonly intercept?: (call: RoutedCall, next: (input?: JsonObject) => Promise<JsonObject>) => Promise<JsonObject>;
  /** Told of each call after it was answered, and of errors that are ours (answered as 500 InternalFailure). */
  readonly observe?: (call: RoutedCall | undefined, outcome: { readonly error?: unknown }) => void;
}

export interface Router {
  /** Never rejects: whatever goes wrong is answered as AWS would. */
  respond(request: WireRequest): Promise<WireResponse>;
}

export function createRouter(options: RouterOptions): Router {
  const byTarget = new Map(options.standIns.map((standIn) => [standIn.target, standIn]));
  if (byTarget.size !== options.standIns.length) throw new Error('Two stand-ins have the same target.');

  function identify(request: WireRequest): Caller {
    if (request.accessKeyId === undefined) {
      throw new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
    }
    const caller = options.callers(request.accessKeyId);
    if (caller === undefined) throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    return caller;
  }

  function decode(request: WireRequest): { call: RoutedCall; standIn: StandIn } {
    const { service, action } = targetOf(request);
    const standIn = byTarget.get(service);
    if (standIn === undefined) throw new AwsError('UnknownOperationException', `The local cloud has no service "${service}".`);
    const caller = identify(request);
    return { standIn, call: { target: service, action, input: parseInput(request.body), caller } };
  }

  async function perform(call: RoutedCall, standIn: StandIn): Promise<JsonObject> {
    options.authorize?.(call);
    const next = async (input = call.input) => commitAfter(options.store, () => standIn.handle({ ...call, input }));
    return options.intercept === undefined ? next() : options.intercept(call, next);
  }

  async function respondJson(request: WireRequest, requestId: string): Promise<WireResponse> {
    const version = versionOf(request);
    let call: RoutedCall | undefined;
    try {
      const decoded = decode(request);
      call = decoded.call;
      const response = encodeOutput(await perform(call, decoded.standIn), version, requestId);
      options.observe?.(call, {});
      return response;
    } catch (error) {
      options.observe?.(call, { error });
      const answered = asAwsError(error);
      const isSqs = request.headers['x-amz-target']?.startsWith('AmazonSQS.') === true;
      return encodeError(answered, version, requestId, isSqs ? (queryCodes[answered.code] ?? answered.code) : undefined);
    }
  }

  async function respondS3(request: WireRequest, requestId: string): Promise<WireResponse> {
    let call: RoutedCall | undefined;
    try {
      const named = s3CallOf(request);
      const standIn = byTarget.get(named.target);
      if (standIn === undefined) throw new AwsError('NotImplementedByLocalCloud', 'The local cloud has no S3 here.', 501);
      call = { ...named, caller: identify(request) };
      const response = encodeS3Output(await perform(call, standIn), call.action, requestId);
      options.observe?.(call, {});
      return response;
    } catch (error) {
      options.observe?.(call, { error });
      return encodeS3Error(asAwsError(error), requestId);
    }
  }

  function respondQuery(request: WireRequest, requestId: string): WireResponse {
    try {
      queryActionOf(request);
      return encodeCallerIdentity(identify(request), requestId);
    } catch (error) {
      options.observe?.(undefined, { error });
      return encodeQueryError(asQueryError(asAwsError(error)), requestId);
    }
  }

  return {
    async respond(request) {
      const requestId = randomUuid(options.random);
      if (isS3Request(request)) return respondS3(request, requestId);
      return isQueryRequest(request) ? respondQuery(request, requestId) : respondJson(request, requestId);
    },
  };
}

/**
 * A call that ends at once is committed before anything else runs, also when it failed, so that the journal never lags
 * behind memory. One that waits (a long poll) is committed again when it ends.
 */
async function commitAfter(store: Store, work: () => JsonObject | Promise<JsonObject>): Promise<JsonObject> {
  let outcome: JsonObject | Promise<JsonObject>;
  try {
    outcome = work();
  } finally {
    store.commit();
  }
  if (!isPromise(outcome)) return outcome;
  try {
    return await outcome;
  } finally {
    store.commit();
  }
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalFailure', `The local cloud failed: ${said}`, 500);
}

/** STS calls an unknown key by another name. https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
function asQueryError(error: AwsError): AwsError {
  if (error.code === 'UnrecognizedClientException') return new AwsError('InvalidClientTokenId', error.message, 403);
  if (error.code === 'MissingAuthenticationTokenException') return new AwsError('MissingAuthenticationToken', error.message, 403);
  return error;
}
