import { Readable } from 'node:stream';
import { accessKeyIdOf, encodeText, type WireResponse } from './message.ts';
import type { Router } from './router.ts';

/** What the SDK's serializers give to a request handler, as far as it matters here. */
interface SdkRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** Bodies of objects are read as streams, which is what the SDK makes of them for its callers. */
type Answered = Omit<WireResponse, 'body'> & { readonly body: Uint8Array | Readable };

/** An object that the AWS SDK's clients take as `requestHandler`: calls reach the router without a socket. */
export interface InProcessHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SdkRequest, options?: { abortSignal?: unknown }): Promise<{ response: Answered }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

/** A handler whose requests are `accessKeyId`'s, or, where it is not given, whose the signature says. */
export function inProcessHandler(router: Router, accessKeyId?: string): InProcessHandler {
  return {
    metadata: { handlerProtocol: 'in-process' },
    async handle(request) {
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
      const response = await router.respond({
        headers,
        ...(request.method === undefined ? {} : { method: request.method }),
        ...(request.path === undefined ? {} : { path: request.path }),
        query: queryOf(request.query),
        body: bytesOf(request.body),
        accessKeyId: accessKeyId ?? accessKeyIdOf(headers['authorization']),
      });
      const isObject = response.headers['content-type'] === 'application/octet-stream';
      return { response: isObject ? { ...response, body: Readable.from([response.body]) } : response };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

function queryOf(query: SdkRequest['query'] = {}): URLSearchParams {
  return new URLSearchParams(Object.entries(query).flatMap(([name, value]) => [value ?? ''].flat().map((one) => [name, one] as [string, string])));
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (typeof body === 'string') return encodeText(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError('A request body must be a string or bytes; streams are not sent to these services.');
}

/** Where in-process requests are addressed to; nothing listens there. */
export const inProcessEndpoint = 'http://localhost';

/**
 * The configuration of any AWS SDK client that calls the local cloud in-process as `callerName`. Every setting that the
 * SDK would otherwise look up in files or environment is given, so that a client needs no I/O; requests are not signed,
 * since nobody between could change them. Retries are off unless asked for: their delays are real time.
 */
export function clientConfig(router: Router, callerName: string, options: { region?: string; maxAttempts?: number } = {}) {
  return {
    region: options.region ?? 'us-east-1',
    endpoint: inProcessEndpoint,
    credentials: { accessKeyId: callerName, secretAccessKey: 'not-checked' },
    requestHandler: inProcessHandler(router, callerName),
    signer: { sign: async <T>(request: T): Promise<T> => request },
    maxAttempts: options.maxAttempts ?? 1,
    retryMode: 'standard',
    defaultsMode: 'standard' as const,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    useQueueUrlAsEndpoint: false,
    userAgentAppId: 'team',
    authSchemePreference: ['aws.auth#sigv4'],
    sigv4aSigningRegionSet: ['*'],
    accountIdEndpointMode: 'disabled' as const,
  };
}
