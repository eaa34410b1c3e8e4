/**
 * Bounds on every call to AWS: time to connect and for an answer (ms), tries. Without `throwOnRequestTimeout` the SDK's handler only warns of
 * a call that takes too long (@smithy/node-http-handler 4).
 */
export const bounds = { maxAttempts: 4, requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true } } as const;
