import { DescribeUserCommand } from '@aws-sdk/client-identitystore';
import { Failure, scriptedAws } from '../test/scripted-aws.ts';
import { ask, askIfExists } from './ask-aws.ts';

function askAbout(answer: unknown) {
  const { clients } = scriptedAws({ DescribeUser: () => answer });
  return () => clients.identityStore.send(new DescribeUserCommand({ IdentityStoreId: 'd-1234567890', UserId: 'u' }));
}

function networkFailure(code: string): Error {
  return Object.assign(new Error(`read ${code}`), { code });
}

test.each([
  ['a throttle', new Failure('ThrottlingException')],
  ['a throttle of Organizations', new Failure('TooManyRequestsException')],
  ['a failure of AWS', new Failure('InternalServerException', 500)],
  ['a failure of AWS without a name', new Failure('Unheard', 503)],
  ['too many requests by status alone', new Failure('Unheard', 429)],
  ['expired credentials, which are replaced', new Failure('ExpiredTokenException')],
  ['a time-out', Object.assign(new Error('no answer'), { name: 'TimeoutError' })],
  ['a lost connection', networkFailure('ECONNRESET')],
  ['a name that does not resolve', networkFailure('EAI_AGAIN')],
])('%s is an outage, worth asking again', async (_, answer) => {
  const asked = ask('read user u', askAbout(answer));
  await expect(asked).rejects.toMatchObject({
    name: 'DirectoryUnavailableError',
    code: 'ERR_DIRECTORY_UNAVAILABLE',
    retryable: true,
    cause: expect.any(Error),
    message: expect.stringContaining('could not read user u'),
  });
});

test('what our role may not ask is not worth asking again', async () => {
  await expect(ask('read user u', askAbout(new Failure('AccessDeniedException')))).rejects.toMatchObject({
    code: 'ERR_DIRECTORY_ACCESS_DENIED',
    retryable: false,
    cause: expect.any(Error),
  });
});

test('a question that AWS refuses says so and is not worth asking again', async () => {
  await expect(ask('read user u', askAbout(new Failure('ValidationException')))).rejects.toMatchObject({
    code: 'ERR_DIRECTORY_QUESTION_REFUSED',
    retryable: false,
    message: expect.stringContaining('ValidationException'),
  });
});

test('an error that is not about AWS passes through untouched', async () => {
  const mistake = new RangeError('ours');
  await expect(ask('read user u', () => Promise.reject(mistake))).rejects.toBe(mistake);
});

test('what AWS does not know is undefined where it may be missing, and refused where it must exist', async () => {
  const missing = new Failure('ResourceNotFoundException', 400, { ResourceType: 'USER' });
  await expect(askIfExists('read user u', askAbout(missing))).resolves.toBeUndefined();
  await expect(ask('read user u', askAbout(missing))).rejects.toMatchObject({ code: 'ERR_DIRECTORY_QUESTION_REFUSED' });
});

test.each([
  ['the identity store', { ResourceType: 'IDENTITY_STORE' }],
  ['the key that encrypts it', { Reason: 'KMS_KEY_NOT_FOUND' }],
])('that %s is missing does not mean that the user is', async (_, fields) => {
  const asked = askIfExists('read user u', askAbout(new Failure('ResourceNotFoundException', 400, fields)));
  await expect(asked).rejects.toMatchObject({ code: 'ERR_DIRECTORY_QUESTION_REFUSED' });
});
