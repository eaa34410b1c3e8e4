/** Codes by which AWS says "too much": DynamoDB, KMS, SQS, EventBridge and IAM Identity Center each have their own. */
const throttles = new Set([
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
]);
/** What Node.js and the SDK's HTTP handler call a network that does not answer. */
const networks = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'TimeoutError', 'NetworkingError']);

/**
 * True for an error of an AWS call that says nothing about what was asked, only that AWS cannot answer now: throttled,
 * failed on its side (5xx), or not reached. Error shapes: "Handling service errors", AWS SDK for JavaScript developer guide.
 */
export function isOutage(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (throttles.has(error.name) || networks.has(error.name)) return true;
  if ('code' in error && typeof error.code === 'string' && networks.has(error.code)) return true;
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return false;
  const status = 'httpStatusCode' in error.$metadata ? Number(error.$metadata.httpStatusCode) : 0;
  return status >= 500 || status === 429;
}
