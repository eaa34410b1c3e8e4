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
    ['ExpiredTokenException', 403, 'busy', false],
  ] as const)('%s: AWS did nothing', (name, status, refusal, throttled) => {
    expect(meaningOf(awsError(name, status))).toMatchObject({ kind: 'refused', refusal, throttled });
  });

  it.each([awsError('InternalServerException', 500), awsError('TimeoutError'), awsError('ECONNRESET')])('%s: AWS may have done it', (error) => {
    expect(meaningOf(error).kind).toBe('silent');
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
