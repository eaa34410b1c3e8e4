import { problemsOfAllow, problemsOfDeny } from '../../test/authorization-data.ts';
import { evaluate } from '../../test/evaluate.ts';
import { example } from '../../test/templates.ts';
import { namesOf } from '../names.ts';
import { lengthOf, maximumManagedPolicy, type Policy } from './document.ts';
import { breakGlassPolicy, operatorPolicy } from './people-policies.ts';

const patienceMs = 120_000;
const names = namesOf(example);
const deployment = { environment: example, names };
const operator = operatorPolicy(deployment);
const looksAndRemoves = breakGlassPolicy(deployment, { mayAssign: false });
const assignsToo = breakGlassPolicy(deployment, { mayAssign: true });
const account = (id: string): string => `arn:aws:sso:::account/${id}`;
const may = (policy: Policy, action: string, resource: string, context: Record<string, string | string[]> = {}) =>
  evaluate({ by: example.roles.breakGlass, action, resource, context }, { identity: [policy] });

describe('the policies of people', () => {
  it.each([['operators', operator], ['break glass', looksAndRemoves], ['break glass that assigns', assignsToo]] as const)('%s: fits, and names only what AWS knows', async (of, policy) => {
    expect(lengthOf(policy)).toBeLessThanOrEqual(maximumManagedPolicy);
    const problems: string[] = [];
    for (const statement of policy.Statement) {
      const judged = { of: statement.Sid, actions: 'Action' in statement ? statement.Action : [], resources: statement.Resource, conditionKeys: Object.values(statement.Condition ?? {}).flatMap((one) => Object.keys(one)) };
      problems.push(...(await (statement.Effect === 'Deny' ? problemsOfDeny(judged) : problemsOfAllow(judged))));
    }
    expect([of, problems]).toEqual([of, []]);
    expect(policy.Statement.flatMap((one) => ('Action' in one ? one.Action : [])).filter((action) => action.includes('*'))).toEqual([]);
  }, patienceMs);

  it('fit the longest names', () => {
    const environment = { ...example, name: 'a-name-of-16-let', region: 'ap-southeast-3' };
    const longest = { environment, names: namesOf(environment) };
    expect(() => [operatorPolicy(longest), breakGlassPolicy(longest, { mayAssign: true })]).not.toThrow();
  });
});

describe('operators', () => {
  it('put dead letters back, ask the audit and see what is under way', async () => {
    expect(await may(operator, 'sqs:StartMessageMoveTask', names.queueArn('team-example-provisioning-dispatch-dlq.fifo'))).toBe('Allowed');
    expect(await may(operator, 'sqs:SendMessage', names.queueArn('team-example-request-inbox'))).toBe('Allowed');
    expect(await may(operator, 'lambda:InvokeFunction', names.arn('lambda', 'function:team-example-audit-query'))).toBe('Allowed');
    expect(await may(operator, 'lambda:InvokeFunction', names.arn('lambda', 'function:team-example-request-query'))).toBe('Allowed');
    expect(await may(operator, 'lambda:InvokeFunction', names.arn('lambda', 'function:team-example-approval-query'))).toBe('Allowed');
    expect(await may(operator, 'dynamodb:Scan', `${names.tableArn('expiry', 'aggregates')}/index/due`)).toBe('Allowed');
    expect(await may(operator, 'cloudformation:DescribeStacks', names.arn('cloudformation', 'stack/team-example-expiry/1'))).toBe('Allowed');
  });

  it('write no item, read no queue that a service reads, run nothing else, assign nothing', async () => {
    const not: readonly (readonly [string, string])[] = [
      ['dynamodb:PutItem', names.tableArn('request', 'policies')],
      ['dynamodb:Scan', names.tableArn('request', 'policies')],
      ['sqs:ReceiveMessage', names.queueArn('team-example-request-inbox')],
      ['lambda:InvokeFunction', names.arn('lambda', 'function:team-example-request-inbox')],
      ['sso:DeleteAccountAssignment', account('777788889999')],
      ['events:PutEvents', names.busArn],
    ];
    for (const [action, resource] of not) expect([action, await may(operator, action, resource)]).toEqual([action, 'ImplicitlyDenied']);
  });
});

describe('break glass', () => {
  it('sees who has what and takes it away, and stops and starts what runs each minute and the dispatcher', async () => {
    expect(await may(looksAndRemoves, 'sso:ListAccountAssignments', account('777788889999'))).toBe('Allowed');
    expect(await may(looksAndRemoves, 'sso:DeleteAccountAssignment', account('777788889999'))).toBe('Allowed');
    expect(await may(looksAndRemoves, 'events:DisableRule', names.arn('events', 'rule/team-example-expiry-sweep'))).toBe('Allowed');
    expect(await may(looksAndRemoves, 'lambda:PutFunctionConcurrency', names.arn('lambda', 'function:team-example-provisioning-dispatch'))).toBe('Allowed');
    expect(await may(looksAndRemoves, 'lambda:PutFunctionConcurrency', names.arn('lambda', 'function:team-example-provisioning-inbox'))).toBe('ImplicitlyDenied');
    expect(await may(looksAndRemoves, 'events:DisableRule', names.ruleArn('team-example-audit-inbox'))).toBe('ImplicitlyDenied');
  });

  it('assigns nothing, whatever else is attached to it', async () => {
    const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    const assigns = { by: example.roles.breakGlass, action: 'sso:CreateAccountAssignment', resource: account('777788889999') };
    expect(await evaluate(assigns, { identity: [looksAndRemoves, everything] })).toBe('ExplicitlyDenied');
  });

  it('assigns where that was asked for, and never in accounts that are out of reach', async () => {
    expect(await may(assignsToo, 'sso:CreateAccountAssignment', account('777788889999'))).toBe('Allowed');
    for (const id of [example.accounts.management, example.accounts.team]) expect(await may(assignsToo, 'sso:CreateAccountAssignment', account(id))).toBe('ExplicitlyDenied');
  });
});
