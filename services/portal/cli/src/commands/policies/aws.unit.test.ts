import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scriptedCloud, ServiceError, type Script } from '../../../test/scripted-cloud.ts';

const before = { ...process.env };
const given = { AWS_ACCESS_KEY_ID: 'pipeline', AWS_SECRET_ACCESS_KEY: 'any', AWS_REGION: 'eu-west-1' };
let folder: string;
beforeEach(() => {
  Object.assign(process.env, given);
  folder = mkdtempSync(path.join(tmpdir(), 'team-policies-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const name of Object.keys(given)) delete process.env[name];
  Object.assign(process.env, before);
});

const group = '6b4755aa-1c12-4600-a11e-b49e33a11f90';
const limits = (maximum: number): string =>
  `kind: Limits\nmaximumDurationMinutes: ${maximum}\napprovalDeadlineMinutes: 180\nopenRequestsPerUser: 20\nstartNoLaterThanDays: 30\njustification: required\nsessionLongerThanGrant: warn\nadministrators: { groups: [Admins] }\nauditors: { groups: [Admins] }\nprotectedAccounts: []\n`;
const organization: Script = {
  ListInstances: () => ({ Instances: [{ InstanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef', IdentityStoreId: 'd-571bd52f17' }] }),
  ListUsers: () => ({ Users: [] }),
  ListGroups: () => ({ Groups: [{ GroupId: group, DisplayName: 'Admins', IdentityStoreId: 'd-571bd52f17' }] }),
  DescribeOrganization: () => ({ Organization: { MasterAccountId: '999999999999' } }),
  ListRoots: () => ({ Roots: [{ Id: 'r-acme' }] }),
  ListOrganizationalUnitsForParent: () => ({ OrganizationalUnits: [] }),
  ListAccountsForParent: () => ({ Accounts: [] }),
  ListPermissionSets: () => ({ PermissionSets: [] }),
};
const nothingYet: Script = {
  request: () => ({ eligibility: [], bundles: [], removed: [], proposals: [] }),
  approval: () => ({ approvers: [], removed: [], proposals: [] }),
};

/** The change that was put on the bus is in the trail at once. */
function deployment(more: Script = {}) {
  const submitted: { changeId: string }[] = [];
  return scriptedCloud({
    ...organization,
    ...nothingYet,
    PutEvents: ({ Entries }) => {
      for (const { Detail } of Entries as { Detail: string }[]) submitted.push((JSON.parse(Detail) as { data: { changeId: string } }).data);
      return { FailedEntryCount: 0, Entries: [{ EventId: 'any' }] };
    },
    audit: () => ({
      events: submitted.map(({ changeId }, i) => ({ chain: 'source#team.request#2026-11-29', recordedAt: '2026-11-29T10:00:00.000Z', source: 'team.request', detailType: 'LimitsChanged.v1', account: '111122223333', eventId: String(i), detail: { data: { changeId, version: 1, after: {}, changedBy: { kind: 'emitter', name: 'pipeline' } } } })),
    }),
    ...more,
  });
}

it('submits the first limits of a deployment as a registered pipeline, with the credentials of this machine', async () => {
  writeFileSync(path.join(folder, 'limits.yaml'), limits(540));
  const { team, calls, inputsOf } = deployment();
  const { code, said } = await team('policies', '--aws', '--prefix', 'team-prod', '--source', 'acme.pipeline', 'apply', folder, '--as', 'pipeline');
  expect({ code, said }).toEqual({ code: 0, said: ['+ Limits limits: limits laid down by pipeline, version 1', '1 change in force, 0 waiting for a second administrator, 0 refused.'] });
  expect(new Set(calls.map(({ caller }) => caller))).toEqual(new Set(['pipeline']));
  expect(inputsOf('PutEvents')).toMatchObject([{ Entries: [{ EventBusName: 'team-prod', Source: 'acme.pipeline', DetailType: 'LimitsSubmitted.v1', Detail: expect.stringContaining('"expectedVersion":0') }] }]);
  expect(inputsOf('DescribeEventBus')).toMatchObject([{ Name: 'team-prod' }, { Name: 'team-prod' }]);
});

it('wants to know as which emitter it submits', async () => {
  writeFileSync(path.join(folder, 'limits.yaml'), limits(540));
  const { team, inputsOf } = deployment();
  await expect(team('policies', '--aws', '--prefix', 'team-prod', 'apply', folder, '--as', 'pipeline')).resolves.toMatchObject({ code: 2, remarks: [expect.stringContaining('--source')] });
  expect(inputsOf('PutEvents')).toEqual([]);
});

it('decides on no change there: a channel that signs people in does', async () => {
  const change = { changeId: '018f0000-0000-7000-8000-000000000000', kind: 'Limits', subject: 'limits', expectedVersion: 1, submittedBy: 'pipeline', by: { kind: 'emitter', name: 'pipeline' }, digest: 'd' };
  const { team } = deployment({
    request: () => ({ eligibility: [], bundles: [], removed: [], proposals: [{ change, widens: ['more'], decideBy: 0 }] }),
    DescribeUser: () => ({ UserId: group, UserName: 'ana', UserStatus: 'ENABLED' }),
  });
  await expect(team('policies', '--aws', '--prefix', 'team-prod', 'agree', change.changeId, '--as', group)).resolves.toMatchObject({ code: 1, remarks: [expect.stringContaining('approval channel')] });
});

it('says in one sentence that AWS does not know these credentials', async () => {
  const { team } = deployment({ ListInstances: () => new ServiceError('ExpiredTokenException', 'who?', 403) });
  await expect(team('policies', '--aws', '--prefix', 'team-prod', 'plan', folder)).resolves.toMatchObject({ code: 1, remarks: [expect.stringContaining('Sign in again')] });
});
