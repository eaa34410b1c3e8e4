import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Bundle, EligibilityPolicy, Limits } from '@team/contracts';
import { manifest } from '@team/request/manifest';
import { resourceNames } from '@team/runtime';
import { fixedClock } from '@team/testing';
import type { RouterOptions } from '../../infra/local/src/cloud/index.ts';
import { accountId, cloudForTests, region } from '../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { clientsOf } from '../../infra/local/src/system/clients.ts';
import { provision } from '../../infra/local/src/system/provision.ts';
import { policyTable, replacePolicies } from '../../services/request/src/adapters/policy-table.ts';

const table = resourceNames.table('team', 'request', 'policies');

const limits: Limits = {
  maximumDurationMinutes: 540,
  approvalDeadlineMinutes: 180,
  openRequestsPerUser: 10,
  startNoLaterThanDays: 30,
  justification: 'required',
  sessionLongerThanGrant: 'warn',
  administrators: { groupIds: [], userIds: [] },
  auditors: { groupIds: [], userIds: [] },
  protectedAccountIds: ['777777777777'],
};

const userId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A policy of its own for each number; `size` is how many people and accounts it names. */
const policy = (n: number, size = 1): EligibilityPolicy => ({
  policyId: `policy-${String(n).padStart(3, '0')}`,
  principals: { groupIds: [], userIds: Array.from({ length: size }, (_, i) => userId(n * 1000 + i)) },
  targets: { accountIds: Array.from({ length: size }, (_, i) => String(100_000_000_000 + i)), organizationalUnitIds: ['r-acme'] },
  permissionSetArns: ['arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef'],
  maximumDurationMinutes: 60 + n,
  approval: n % 2 === 0 ? 'required' : 'not-required',
});
const policies = (count: number, size?: number) => Array.from({ length: count }, (_, i) => policy(i, size));

async function emptyTable() {
  const calls: { readonly action: string; readonly writes: number }[] = [];
  let intercept: RouterOptions['intercept'];
  const cloud = cloudForTests({
    intercept: (call, next) => {
      const { RequestItems = {} } = call.input as { RequestItems?: Record<string, readonly unknown[]> };
      calls.push({ action: call.action, writes: RequestItems[table]?.length ?? 0 });
      return intercept === undefined ? next() : intercept(call, next);
    },
  });
  const clients = clientsOf(cloud.router, 'tester', region, 1);
  await provision([manifest], clients, accountId, region);
  calls.length = 0;
  const clock = fixedClock();
  return {
    calls,
    clock,
    documents: clients.documents,
    source: policyTable(clients.documents, table, clock),
    lay: (eligibility: readonly EligibilityPolicy[], bounds = limits, bundles: readonly Bundle[] = []) =>
      replacePolicies(clients.documents, table, { eligibility, bundles, approvers: [], limits: bounds }),
    intercept: (by: RouterOptions['intercept']): void => void (intercept = by),
    /** Ids of the policies that somebody who never read before finds. */
    async found() {
      const { eligibility } = await policyTable(clients.documents, table, clock).load();
      return eligibility.map(({ policyId }) => policyId).sort();
    },
  };
}

const ids = (all: readonly EligibilityPolicy[]) => all.map(({ policyId }) => policyId).sort();

describe('the policies of the request service', () => {
  it('are read as they were laid down', async () => {
    const { lay, source } = await emptyTable();
    await lay([policy(1), policy(2)]);
    const { eligibility, limits: bounds } = await source.load();
    expect(bounds).toEqual(limits);
    expect([...eligibility].sort((a, b) => a.policyId.localeCompare(b.policyId))).toEqual([policy(1), policy(2)]);
  });

  it('may be more than one batch of writes and more than one page of a scan hold', async () => {
    const { lay, found, calls } = await emptyTable();
    const many = policies(60, 500);
    await lay(many);
    expect(calls.filter(({ action }) => action === 'BatchWriteItem').map(({ writes }) => writes)).toEqual([25, 25, 11]);
    calls.length = 0;
    await expect(found()).resolves.toEqual(ids(many));
    expect(calls.filter(({ action }) => action === 'Scan').length).toBeGreaterThan(1);
  });

  it('are replaced: what is not laid down again is gone, what is changed is as it was laid down last', async () => {
    const { lay, source, found } = await emptyTable();
    await lay(policies(40));
    const changed = { ...policy(3), maximumDurationMinutes: 5 };
    await lay([changed, policy(50)], { ...limits, openRequestsPerUser: 1 });
    await expect(found()).resolves.toEqual(['policy-003', 'policy-050']);
    const { eligibility, limits: bounds } = await source.load();
    expect(eligibility).toContainEqual(changed);
    expect(bounds.openRequestsPerUser).toBe(1);
  });

  it('are never found without one that is there before and after', async () => {
    const { lay, found, intercept } = await emptyTable();
    await lay(policies(40));
    const between: string[][] = [];
    intercept(async ({ action }, next) => {
      const answer = await next();
      if (action === 'BatchWriteItem') between.push(await found());
      return answer;
    });
    await lay(policies(30).map((one) => ({ ...one, maximumDurationMinutes: 1 })));
    expect(between).toHaveLength(2);
    for (const seen of between) expect(seen).toEqual(expect.arrayContaining(ids(policies(30))));
    expect(between.at(-1)).toEqual(ids(policies(30)));
  });

  it('are laid down anew by a deployment only where they are others than it laid down last: what was changed since stands', async () => {
    const { documents, found } = await emptyTable();
    const deploy = (all: readonly EligibilityPolicy[]) => replacePolicies(documents, table, { eligibility: all, bundles: [], approvers: [], limits }, { unlessAsBefore: true });
    await deploy([policy(1)]);
    await documents.send(new PutCommand({ TableName: table, Item: { pk: 'eligibility#policy-007', version: 1, state: { version: 1, policy: policy(7) }, outbox: {} } }));
    await deploy([policy(1)]);
    await expect(found()).resolves.toEqual(['policy-001', 'policy-007']);
    await deploy([policy(2)]);
    await expect(found()).resolves.toEqual(['policy-002']);
  });

  it('are laid down by the next deployment where one was interrupted: what was to go does not stay', async () => {
    const { documents, found, lay, intercept } = await emptyTable();
    const deploy = (all: readonly EligibilityPolicy[]) => replacePolicies(documents, table, { eligibility: all, bundles: [], approvers: [], limits }, { unlessAsBefore: true });
    await lay(policies(40));
    let batches = 0;
    intercept(async ({ action }, next) => {
      if (action === 'BatchWriteItem' && (batches += 1) > 1) throw new Error('the machine stops');
      return next();
    });
    await expect(deploy([policy(1)])).rejects.toThrow();
    intercept(undefined);
    await deploy([policy(1)]);
    await expect(found()).resolves.toEqual(['policy-001']);
  });

  it('are not laid down where DynamoDB leaves some unwritten, and that is said', async () => {
    const { lay, intercept } = await emptyTable();
    intercept(async ({ action, input }, next) =>
      action === 'BatchWriteItem' ? { UnprocessedItems: input['RequestItems'] ?? {} } : next(),
    );
    await expect(lay([policy(1)])).rejects.toMatchObject({ code: 'ERR_POLICIES_NOT_WRITTEN', retryable: true });
  });
});

describe('reading them', () => {
  it('asks the table again after five seconds, and not before', async () => {
    const { lay, source, clock, calls } = await emptyTable();
    await lay([policy(1)]);
    await source.load();
    await lay([policy(2)]);
    calls.length = 0;
    clock.advance(4_999);
    expect(ids((await source.load()).eligibility)).toEqual(['policy-001']);
    expect(calls).toEqual([]);
    clock.advance(1);
    expect(ids((await source.load()).eligibility)).toEqual(['policy-002']);
  });

  it('is one scan for all who ask at once', async () => {
    const { lay, source, calls } = await emptyTable();
    await lay([policy(1)]);
    calls.length = 0;
    await Promise.all([source.load(), source.load(), source.load()]);
    expect(calls).toHaveLength(1);
  });

  it('fails while no limits are laid down, and not a moment longer', async () => {
    const { lay, source, documents } = await emptyTable();
    await expect(source.load()).rejects.toMatchObject({ code: 'ERR_LIMITS_MISSING', retryable: true });
    await lay([policy(1)]);
    expect(ids((await source.load()).eligibility)).toEqual(['policy-001']);
    await documents.send(new DeleteCommand({ TableName: table, Key: { pk: 'limits#limits' } }));
    const { Items } = await documents.send(new ScanCommand({ TableName: table }));
    expect(Items?.map(({ pk }) => String(pk)).toSorted()).toEqual(['eligibility#policy-001', 'seed#policies']);
    await expect(policyTable(documents, table, fixedClock()).load()).rejects.toMatchObject({ code: 'ERR_LIMITS_MISSING' });
  });

  it.each([
    ['eligibility#broken', { version: 1, state: { version: 1, policy: { ...policy(1), maximumDurationMinutes: 'long' } } }],
    ['eligibility#bare', { policy: policy(1) }],
    ['limits#limits', { version: 1, state: { version: 1, policy: { ...limits, openRequestsPerUser: undefined } } }],
  ])('fails where %s cannot be read, rather than leaving it out', async (pk, content) => {
    const { lay, source, documents } = await emptyTable();
    await lay([policy(1)]);
    await documents.send(new PutCommand({ TableName: table, Item: { pk, ...content } }));
    const wrong = { code: 'ERR_POLICY_STORED_WRONG', retryable: true, message: expect.stringContaining(pk) };
    await expect(source.load()).rejects.toMatchObject(wrong);
  });

  it('passes on that DynamoDB is down, and asks again at once', async () => {
    const { lay, source, intercept } = await emptyTable();
    await lay([policy(1)]);
    intercept(() => Promise.reject(new Error('down')));
    await expect(source.load()).rejects.toThrow();
    intercept(undefined);
    expect(ids((await source.load()).eligibility)).toEqual(['policy-001']);
  });
});
