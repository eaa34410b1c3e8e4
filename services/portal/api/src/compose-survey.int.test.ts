import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DirectorySnapshot } from '@team/directory';
import type { Context } from 'aws-lambda';
import { cloudForTests } from '../../../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { composeSurvey, surveyedBy } from './compose-survey.ts';

const empty: DirectorySnapshot = { takenAt: 0, rootId: 'r-acme', managementAccountId: '111111111111', users: [], groups: [], organizationalUnits: [], accounts: [], permissionSets: [] };

it('gives up before its time is over, and has what it listed meanwhile the next time', async () => {
  const client = new DynamoDBClient(cloudForTests().configFor('portal'));
  await client.send(new CreateTableCommand({ TableName: 'organization', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] }));
  const config = { busName: 'team', ownAccount: '222222222222', tables: { organization: 'organization' }, queues: {}, keys: { acceptance: '', proof: '', checkpoint: '' }, emitters: [] };
  const ground = { clients: { documents: DynamoDBDocumentClient.from(client) }, config, clock: () => 0 };
  const listed: { finish?: (snapshot: DirectorySnapshot) => void } = {};
  const listing = new Promise<DirectorySnapshot>((resolve) => (listed.finish = resolve));
  const { survey, listedAt } = composeSurvey({ ...ground, directory: { snapshot: () => listing } });
  const context = { getRemainingTimeInMillis: () => 300 } as Context;
  await expect(survey({}, context)).rejects.toMatchObject({ code: 'ERR_OUT_OF_TIME' });
  expect(await listedAt()).toBeUndefined();
  await expect(surveyedBy(ground).all.snapshot()).rejects.toMatchObject({ code: 'ERR_NOT_LISTED_YET' });
  listed.finish?.(empty);
  await survey({}, context);
  expect(await listedAt()).toBe(0);
  expect((await surveyedBy(ground).all.snapshot()).rootId).toBe('r-acme');
});
