import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { manifest } from '@team/approval/manifest';
import type { ApproverPolicy } from '@team/contracts';
import { OutageError, resourceNames } from '@team/runtime';
import { fixedClock } from '@team/testing';
import { accountId, cloudForTests, region } from '../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { clientsOf } from '../../infra/local/src/system/clients.ts';
import { provision } from '../../infra/local/src/system/provision.ts';
import { policyTable, replacePolicies } from '../../services/approval/src/adapters/policy-table.ts';

const table = resourceNames.table('team', 'approval', 'policies');
const everything: ApproverPolicy = {
  policyId: 'everything',
  targets: { accountIds: [], organizationalUnitIds: ['r-acme'] },
  stages: [{ approvers: { groupIds: ['93672a4c-1000-7000-8000-000000000001'], userIds: [] }, quorum: 1 }],
};

describe('approver policies in their table', () => {
  it('are an outage while one of them cannot be read, so that requests wait, and are all there once it is put right', async () => {
    const { documents } = clientsOf(await readyCloud(), 'tester', region, 1);
    const source = policyTable(documents, table, fixedClock());
    await replacePolicies(documents, table, { approvers: [everything], eligibility: [], limits: undefined });
    await documents.send(new PutCommand({ TableName: table, Item: { pk: 'approver#broken', version: 1, state: { version: 1, policy: { policyId: 'broken' } } } }));
    const failure: unknown = await source.load().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutageError);
    expect(failure).toMatchObject({ code: 'ERR_POLICY_STORED_WRONG', message: expect.stringContaining('approver#broken') });
    const mended = { ...everything, policyId: 'broken' };
    await documents.send(new PutCommand({ TableName: table, Item: { pk: 'approver#broken', version: 1, state: { version: 1, policy: mended } } }));
    expect((await source.load()).map(({ policyId }) => policyId).sort()).toEqual(['broken', 'everything']);
  });
});

async function readyCloud() {
  const { router } = cloudForTests();
  await provision([manifest], clientsOf(router, 'tester', region, 1), accountId, region);
  return router;
}
