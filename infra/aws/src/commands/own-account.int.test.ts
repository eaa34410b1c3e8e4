import { Readable } from 'node:stream';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { STSClient } from '@aws-sdk/client-sts';
import { requireOwnAccount } from './caller.ts';
import { askCloudFormation } from './stacks.ts';

/** Options of an SDK client that gets this answer, whatever it asks. */
const answering = (statusCode: number, body: string) => ({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  maxAttempts: 1,
  requestHandler: {
    metadata: { handlerProtocol: 'h1' },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
    handle: async () => ({ response: { statusCode, headers: { 'content-type': 'text/xml' }, body: Readable.from([body]) } }),
  },
});
const error = (code: string, message: string): string => `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

describe('before anything of a deployment is looked at', () => {
  const environment = { name: 'prod', accounts: { team: '111122223333', management: '444455556666', protected: [] } };
  const identity = (account: string): string => `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/team-deploy/me</Arn><UserId>u</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

  it('the caller must be in its account', async () => {
    await expect(requireOwnAccount(environment, new STSClient(answering(200, identity('111122223333'))))).resolves.toBeUndefined();
    await expect(requireOwnAccount(environment, new STSClient(answering(200, identity('999900001111'))))).rejects.toMatchObject({
      code: 'ERR_OTHER_ACCOUNT',
      message: 'these credentials are of account 999900001111 (arn:aws:sts::999900001111:assumed-role/team-deploy/me), and environment prod is of account 111122223333. Nothing was looked at or removed. Sign in to that account',
    });
  });

  it('it must be known who calls', async () => {
    await expect(requireOwnAccount(environment, new STSClient(answering(403, error('InvalidClientTokenId', 'no such key'))))).rejects.toMatchObject({
      code: 'ERR_CALLER_UNKNOWN',
      message: expect.stringMatching(/^STS does not say whose credentials these are \(InvalidClientTokenId: no such key\)/) as unknown,
    });
  });
});

describe('whether a stack ever stood', () => {
  const inState = (status: string): string =>
    `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>team-prod-request</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
  const asked = (statusCode: number, body: string): Promise<boolean> => askCloudFormation(new CloudFormationClient(answering(statusCode, body)))('team-prod-request');

  it.each([
    ['CREATE_COMPLETE', true],
    ['UPDATE_ROLLBACK_COMPLETE', true],
    ['DELETE_FAILED', true],
    ['ROLLBACK_FAILED', true],
    ['ROLLBACK_COMPLETE', false],
    ['REVIEW_IN_PROGRESS', false],
  ])('%s: %s', async (status, stood) => {
    expect(await asked(200, inState(status))).toBe(stood);
  });

  it('is no where CloudFormation knows none of that name, and unknown where it does not answer', async () => {
    expect(await asked(400, error('ValidationError', 'Stack with id team-prod-request does not exist'))).toBe(false);
    await expect(asked(400, error('ValidationError', 'the name is too long'))).rejects.toThrow('the name is too long');
    await expect(asked(403, error('AccessDenied', 'team-prod-request does not exist for you'))).rejects.toThrow('for you');
  });
});
