import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { someone } from '../../test/examples.ts';
import { identityCenterAssignments } from './identity-center-assignments.ts';

type Answers = Readonly<Record<string, (input: Record<string, unknown>) => object>>;

/** The directory on a real SDK client whose requests end in `answers`. `calls` has the actions that AWS was asked, `told` how many were told of. */
function scripted(answers: Answers) {
  const calls: string[] = [];
  let told = 0;
  const client = new SSOAdminClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: {
      metadata: { handlerProtocol: 'h1' },
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: () => undefined,
      async handle({ headers, body }: { headers: Record<string, string>; body?: Uint8Array }) {
        const action = headers['x-amz-target']?.split('.').at(-1) ?? 'none';
        calls.push(action);
        const answer = answers[action]?.(JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>);
        const refused = answer === undefined ? { __type: 'ResourceNotFoundException' } : answer;
        return {
          response: {
            statusCode: answer === undefined ? 400 : 200,
            headers: { 'content-type': 'application/x-amz-json-1.1' },
            body: new TextEncoder().encode(JSON.stringify(refused)),
          },
        };
      },
    },
  });
  const directory = identityCenterAssignments(client, 'arn:aws:sso:::instance/ssoins-7223a1b2c3d4e5f6')(() => void (told += 1));
  return { directory, calls, told: () => told };
}

const ours = { PrincipalType: 'USER', PrincipalId: someone.principalId };
const nobody = { PrincipalType: 'USER', PrincipalId: '00000000-0000-0000-0000-000000000000' };
const pagesOf = (...pages: (typeof ours)[][]) => (input: Record<string, unknown>) => {
  const at = Number(input['NextToken'] ?? 0);
  return { AccountAssignments: pages[at], ...(at + 1 < pages.length ? { NextToken: String(at + 1) } : {}) };
};

describe('every call to AWS is told of, since each counts against the account’s quota:', () => {
  it('each page of a list', async () => {
    const { directory, calls, told } = scripted({ ListAccountAssignments: pagesOf([nobody], [nobody], [nobody]) });
    expect(await directory.isPresent(someone)).toEqual({ answered: true, value: false });
    expect(calls).toHaveLength(3);
    expect(told()).toBe(3);
  });

  it('no page that is not asked for any more', async () => {
    const { directory, calls, told } = scripted({ ListAccountAssignments: pagesOf([nobody], [ours], [nobody]) });
    expect(await directory.isPresent(someone)).toEqual({ answered: true, value: true });
    expect(calls).toHaveLength(2);
    expect(told()).toBe(2);
  });

  it('the look at each operation under way', async () => {
    const inProgress = { AccountAssignmentsCreationStatus: [{ RequestId: 'one' }, { RequestId: 'two' }] };
    const { directory, calls, told } = scripted({
      ListAccountAssignmentCreationStatus: () => inProgress,
      DescribeAccountAssignmentCreationStatus: () => ({ AccountAssignmentCreationStatus: { Status: 'IN_PROGRESS', ...nobody } }),
    });
    expect(await directory.findInProgress('create', someone)).toEqual({ answered: true, value: undefined });
    expect(calls).toHaveLength(3);
    expect(told()).toBe(3);
  });

  it('the question whether the instance is there, when an account or permission set is not', async () => {
    const { directory, calls, told } = scripted({ DescribeInstance: () => ({}) });
    expect(await directory.isPresent(someone)).toEqual({ answered: true, value: false });
    expect(calls).toEqual(['ListAccountAssignments', 'DescribeInstance']);
    expect(told()).toBe(2);
  });
});
