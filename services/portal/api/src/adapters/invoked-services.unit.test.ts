import { LambdaClient } from '@aws-sdk/client-lambda';
import { manifest } from '../manifest.ts';
import { invokedServices, questionBounds } from './invoked-services.ts';

/** Options of an SDK client that gets this answer, whatever it asks. */
function answering(statusCode: number, body: string, headers: Record<string, string> = {}) {
  const asked: string[] = [];
  const client = new LambdaClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
    requestHandler: {
      handle: async ({ path, body: sent }: { path: string; body?: unknown }) => {
        asked.push(`${path} ${Buffer.from(sent as Uint8Array | string).toString()}`);
        return { response: { statusCode, headers, body: new Blob([body]).stream() } };
      },
    },
  });
  return { asked, ask: invokedServices(client, { request: 'team-prod-request-query' }) };
}

test('a question goes to the function of its service, and its answer comes back', async () => {
  const { ask, asked } = answering(200, '{"limits":null}');
  expect(await ask('request', { op: 'policies' })).toEqual({ limits: null });
  expect(asked).toEqual(['/2015-03-31/functions/team-prod-request-query/invocations {"op":"policies"}']);
});

test.each([
  ['OutageError', true, 'ERR_SERVICE_UNAVAILABLE'],
  ['DirectoryUnavailableError', true, 'ERR_SERVICE_UNAVAILABLE'],
  ['Sandbox.Timedout', true, 'ERR_SERVICE_UNAVAILABLE'],
  ['QuestionError', false, 'ERR_QUESTION_REFUSED'],
  ['TeamError', false, 'ERR_SERVICE_FAILED'],
  ['QueryError', false, 'ERR_SERVICE_FAILED'],
])('a function that ends in %s is worth another try: %s', async (errorType, retryable, code) => {
  const { ask } = answering(200, JSON.stringify({ errorType, errorMessage: 'because' }), { 'x-amz-function-error': 'Unhandled' });
  await expect(ask('request', {})).rejects.toMatchObject({ code, retryable, message: `the request service could not answer: ${errorType}: because` });
});

test('Lambda that does not answer now is an outage; one that says no is not', async () => {
  await expect(answering(429, '{}', { 'x-amzn-errortype': 'TooManyRequestsException' }).ask('request', {})).rejects.toMatchObject({ code: 'ERR_SERVICE_UNAVAILABLE', retryable: true });
  await expect(answering(403, '{}', { 'x-amzn-errortype': 'AccessDeniedException' }).ask('request', {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test.each(['api', 'policies'] as const)('three questions in a row, each tried as often as it may be, fit into the time that %s has', (name) => {
  expect(3 * questionBounds.maxAttempts * questionBounds.requestHandler.requestTimeout).toBeLessThan(manifest.functions[name].timeoutSeconds * 1_000);
});

test('a service that the deployment does not name is not asked', async () => {
  await expect(answering(200, '{}').ask('audit', {})).rejects.toMatchObject({ code: 'ERR_CONFIG_ASKS' });
});
