/**
 * What functions log each time while something that they need is down, or their facts cannot be published. Alarms look for these words, since a
 * message that is put off is a new one to its queue, whose age then says nothing.
 */
export const outageWords = {
  putOff: 'put off: what this needs is down',
  leftToSweep: 'left to the next sweep: what this needs is down',
  keptByBus: 'the bus refuses an event; it stays in the outbox',
  notRelayed: 'outbox could not be relayed; tried again next minute',
} as const;

/** Codes by which AWS says "too much", or "not now": each service has its own. */
const refusedForNow = new Set([
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
]);
/** Temporary credentials ran out or could not be had: the platform hands out others. */
const credentials = new Set(['CredentialsProviderError', 'ExpiredTokenException']);
/** What Node.js and the SDK's HTTP handler call a network that does not answer. https://nodejs.org/api/errors.html#common-system-errors */
const networks = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'NetworkingError',
  'TimeoutError',
]);

/**
 * True for an error of an AWS call that says nothing about what was asked, only that AWS cannot answer now: throttled,
 * failed on its side (5xx), or not reached. Error shapes: "Handling service errors", AWS SDK for JavaScript developer guide.
 */
export function isOutage(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if ([refusedForNow, credentials, networks].some((names) => names.has(error.name))) return true;
  if ('code' in error && typeof error.code === 'string' && networks.has(error.code)) return true;
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return false;
  const status = 'httpStatusCode' in error.$metadata ? Number(error.$metadata.httpStatusCode) : 0;
  return status >= 500 || status === 429;
}
