import { isOutage } from '@team/runtime';
import { meaningOf } from './identity-center-errors.ts';

const awsError = (name: string, httpStatusCode?: number): Error =>
  Object.assign(new Error(`${name} happened`), { name, ...(httpStatusCode === undefined ? {} : { $metadata: { httpStatusCode } }) });

describe('what an error of Identity Center means', () => {
  it.each([
    ['ConflictException', 400, 'busy', false],
    ['ThrottlingException', 400, 'busy', true],
    ['ServiceQuotaExceededException', 400, 'busy', true],
    ['ResourceNotFoundException', 400, 'missing', false],
    ['ValidationException', 400, 'impossible', false],
    ['AccessDeniedException', 400, 'impossible', false],
    ['ExpiredTokenException', 403, 'busy', true],
    ['TooManyRequestsException', 429, 'busy', true],
    ['UnrecognizedClientException', 403, 'busy', false],
    ['CredentialsProviderError', undefined, 'busy', true],
  ] as const)('%s: AWS did nothing', (name, status, refusal, throttled) => {
    expect(meaningOf(awsError(name, status))).toMatchObject({ kind: 'refused', refusal, throttled });
  });

  it.each([awsError('InternalServerException', 500), awsError('TimeoutError'), awsError('ECONNRESET')])('%s: AWS may have done it', (error) => {
    expect(meaningOf(error).kind).toBe('silent');
  });

  it.each([
    awsError('ExpiredTokenException', 403),
    awsError('CredentialsProviderError'),
    awsError('RequestLimitExceeded', 400),
    awsError('SlowDown', 503),
    awsError('InternalServerException', 500),
    awsError('ETIMEDOUT'),
    Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' }),
  ])('%s: nobody else need ask either, as everywhere in TEAM', (error) => {
    expect(isOutage(error)).toBe(true);
    const meaning = meaningOf(error);
    expect(meaning.kind === 'silent' || meaning.throttled).toBe(true);
  });

  it('is named by a code that never changes', () => {
    expect(meaningOf(awsError('ResourceNotFoundException', 400)).reason).toEqual({
      code: 'ERR_IDENTITY_CENTER_RESOURCE_NOT_FOUND',
      message: 'ResourceNotFoundException: ResourceNotFoundException happened',
    });
  });

  it('is not read into a mistake of our own', () => {
    expect(() => meaningOf(new TypeError('x is not a function'))).toThrow(TypeError);
  });
});
