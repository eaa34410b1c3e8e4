import { actionsOf, type FunctionManifest } from '@team/runtime';
import { manifest as portal } from '@team/portal/manifest';
import { manifests } from '../../infra/local/src/system/create-system.ts';
import { functionNameOf } from '../../infra/local/src/system/who.ts';
import { organization, policies } from '../journeys/fixture.ts';
import { deployedFor, iamOf } from './deployment.ts';
import { withRole, without, type DeployedPolicies } from './deployed-policies.ts';
import { evaluatorOf, type Evaluator } from './evaluator.ts';
import { stories } from './stories.ts';
import { playStory, type Story } from './story.ts';

let deployed: DeployedPolicies;
let evaluator: Evaluator;
/** By function and action: the stories that use it, and how many calls each has judged. */
const users = new Map<string, { readonly story: Story; readonly judged: number }[]>();
/** A busy machine must not reach it. */
const patienceMs = 60_000;
/** So many of them are tried, those written for it first, then the shortest, until one fails. */
const mostTried = 3;
const keyOf = (functionName: string, action: string): string => `${functionName} ${action}`;

beforeAll(() => {
  deployed = deployedFor(organization, policies.emitters);
  evaluator = evaluatorOf(deployed);
}, 120_000);

const functions = [...manifests, portal].flatMap((manifest) =>
  Object.entries<FunctionManifest>(manifest.functions).map(([name, definition]) => ({ name: functionNameOf(manifest.name, name), actions: [...new Set(actionsOf(definition, 'lookup'))] })),
);
/** What the local cloud has no stand-in for: the secret of the portal's client is given to it locally. */
const unplayed = new Set(['team-portal-sign-in secretsmanager:GetSecretValue']);
const needs = functions.flatMap(({ name, actions }) => actions.map((action) => [name, action] as const)).filter(([name, action]) => !unplayed.has(keyOf(name, action)));

describe('under the policies that the AWS app deploys, each function in its own role,', () => {
  it.each(stories.map((story) => [story.name, story] as const))('%s', async (_name, story) => {
    const used = new Set<string>();
    let judged = 0;
    await playStory(story, iamOf(deployed, evaluator, (functionName, action) => {
      judged += 1;
      used.add(keyOf(functionName, action));
    }));
    for (const key of used) users.set(key, [...(users.get(key) ?? []), { story, judged }]);
  }, patienceMs);

  it('the evaluation stands every check of the simulator, call by call', async () => {
    expect(await evaluator.confirm()).toBeGreaterThan(300);
  }, 60_000);
});

it('every action of a manifest is used in a story, and no other is', () => {
  const listed = needs.map(([name, action]) => keyOf(name, action));
  expect({
    unused: listed.filter((key) => !users.has(key)),
    unlisted: [...users.keys()].filter((key) => !listed.includes(key)),
    shownInVain: stories.flatMap((story) => (story.shows ?? []).filter((key) => users.get(key)?.some((user) => user.story === story) !== true)),
  }).toEqual({ unused: [], unlisted: [], shownInVain: [] });
});

/** Taken away in every run: for each function what it is there for. All, where `npm run least-privilege` asks for it. */
const always = new Set([
  'team-request-inbox kms:Sign',
  'team-request-inbox kms:GetPublicKey',
  'team-request-query dynamodb:Scan',
  'team-request-timers identitystore:DescribeUser',
  'team-request-sweep events:PutEvents',
  'team-approval-inbox kms:Sign',
  'team-approval-timers kms:GetPublicKey',
  'team-approval-timers dynamodb:PutItem',
  'team-approval-query dynamodb:Scan',
  'team-expiry-inbox kms:GetPublicKey',
  'team-expiry-timers identitystore:IsMemberInGroups',
  'team-expiry-sweep events:PutEvents',
  'team-provisioning-inbox kms:GetPublicKey',
  'team-provisioning-sweep events:PutEvents',
  'team-provisioning-dispatch sso:CreateAccountAssignment',
  'team-provisioning-dispatch sso:DeleteAccountAssignment',
  'team-audit-inbox sqs:SendMessage',
  'team-audit-query dynamodb:Scan',
  'team-audit-timers cloudtrail:LookupEvents',
  'team-audit-sweep sqs:SendMessage',
  'team-audit-grants dynamodb:PutItem',
  'team-audit-follow dynamodb:PutItem',
  'team-audit-timers events:PutEvents',
  'team-audit-rebuild dynamodb:Scan',
  'team-portal-inbox dynamodb:PutItem',
  'team-portal-api events:PutEvents',
  'team-portal-decide kms:Sign',
  'team-portal-policies lambda:InvokeFunction',
  'team-portal-sign-in dynamodb:PutItem',
]);
const all = process.env['TEAM_LEAST_PRIVILEGE'] === 'all';

describe('a story fails when its function may no longer', () => {
  it.each(needs.filter(([name, action]) => all || always.has(keyOf(name, action))))('%s %s', async (name, action) => {
    const key = keyOf(name, action);
    const rank = ({ story: { shows = [] } }: { readonly story: Story }): number => (shows.includes(key) ? 0 : 1);
    const found = (users.get(key) ?? []).toSorted((a, b) => rank(a) - rank(b) || a.judged - b.judged).slice(0, mostTried);
    const roleArn = deployed.functionRoles[name] ?? '';
    const less = evaluatorOf(withRole(deployed, roleArn, (policies) => without(action, policies)));
    const allows: Evaluator['allows'] = (caller, authorization) => (caller.roleArn === roleArn ? less : evaluator).allows(caller, authorization);
    const played: string[] = [];
    for (const { story } of found) {
      played.push(story.name);
      const fails = await playStory(story, iamOf(deployed, { ...evaluator, allows })).then(() => false, () => true);
      if (fails) return;
    }
    throw new Error(`${played.length} stories that use it come about without it: ${played.join('; ')}`);
  }, mostTried * patienceMs);
});
