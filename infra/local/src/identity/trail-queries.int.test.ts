import { AthenaClient, GetQueryExecutionCommand, GetQueryResultsCommand as GetAthenaResults, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CloudTrailClient, DescribeQueryCommand, GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudtrail';
import { clientConfig, createRouter, memoryStore, seededRandom, virtualTimeline } from '../cloud/index.ts';
import type { SessionWork } from './assigned-periods.ts';
import { createAthena } from './athena.ts';
import { createCloudTrail } from './cloud-trail.ts';
import { workIn } from './session-work.ts';

const start = Date.parse('2026-03-02T12:00:00Z');
const store = '11111111-2222-3333-4444-555555555555';
const period = { accountId: '111122223333', region: 'eu-central-1', permissionSetName: 'Admin', userName: 'dana', sessionMs: 3_600_000, from: start - 7_200_000, removedAt: start - 3_600_000 };
const work: SessionWork = { deliveredBy: (now) => [0, 1, 2, 3].flatMap((seed) => workIn({ ...period, seed: `s${seed}` })).filter(({ deliveredAt }) => deliveredAt <= now) };

function setUp() {
  const memory = memoryStore();
  const timeline = virtualTimeline(start);
  const shared = { store: memory, timeline, work };
  const router = createRouter({ standIns: [createCloudTrail(shared), createAthena(shared)], store: memory, random: seededRandom(1), callers: (name) => ({ name, roleArn: 'arn:aws:iam::111122223333:role/any', accountId: '111122223333' }) });
  const config = clientConfig(router, 'anybody');
  const [athena, lake] = [new AthenaClient(config), new CloudTrailClient(config)];
  const ask = (QueryString: string, ExecutionParameters: string[], ClientRequestToken = 'a token that is thirty-two characters') =>
    athena.send(new StartQueryExecutionCommand({ QueryString, ExecutionParameters, ClientRequestToken, WorkGroup: 'team', ResultConfiguration: { OutputLocation: 's3://acme/results/' } }));
  return { timeline, athena, lake, ask };
}

const statement = 'SELECT eventid AS "id", readonly AS "ro" FROM "trail"."cloudtrail" WHERE useridentity.accountid = ? LIMIT 5000';
const total = work.deliveredBy(start).filter(({ record }) => record.userIdentity.accountId === '111122223333').length;

describe('Athena', () => {
  it('takes a while, then answers in pages, the first of which names the columns', async () => {
    const { timeline, athena, ask } = setUp();
    const { QueryExecutionId } = await ask(statement, ["'111122223333'"]);
    const status = async () => (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }))).QueryExecution?.Status?.State;
    expect(await status()).toBe('RUNNING');
    await expect(athena.send(new GetAthenaResults({ QueryExecutionId }))).rejects.toMatchObject({ name: 'InvalidRequestException' });
    timeline.advanceTo(start + 20_000);
    expect(await status()).toBe('SUCCEEDED');
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await athena.send(new GetAthenaResults({ QueryExecutionId, MaxResults: 20, NextToken }));
      expect(page.ResultSet?.Rows?.length).toBeLessThanOrEqual(20);
      ids.push(...(page.ResultSet?.Rows ?? []).map(({ Data }) => Data?.[0]?.VarCharValue));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids[0]).toBe('id');
    expect(new Set(ids.slice(1)).size).toBe(total);
    expect(total).toBeGreaterThan(20);
  });

  it('begins the same query once for a token, and refuses the token with another query', async () => {
    const { ask } = setUp();
    expect(await ask(statement, ["'1'"])).toMatchObject({ QueryExecutionId: (await ask(statement, ["'1'"])).QueryExecutionId });
    await expect(ask(statement, ["'2'"])).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  it.each([
    ['other statements', 'DROP TABLE trail', []],
    ['other columns', statement.replace('readonly AS', 'useragent AS'), ["'1'"]],
    ['other conditions', statement.replace('accountid =', 'invokedby ='), ["'1'"]],
    ['conditions joined otherwise', statement.replace(' LIMIT', ' OR 1 = 1 LIMIT'), ["'1'"]],
    ['parameters that have no place', statement, ["'1'", "'2'"]],
  ])('refuses %s', async (_, text, parameters) => {
    await expect(setUp().ask(text, [...parameters, ...(parameters.length === 0 ? ["'1'"] : [])])).rejects.toMatchObject({ name: 'InvalidRequestException', message: expect.stringContaining('cannot run this statement') as unknown });
  });

  it('gives a parameter no other meaning than a value', async () => {
    const { timeline, athena, ask } = setUp();
    const { QueryExecutionId } = await ask(statement, ["'111122223333'' OR ''1''=''1'"]);
    timeline.advanceTo(start + 20_000);
    expect((await athena.send(new GetAthenaResults({ QueryExecutionId }))).ResultSet?.Rows).toHaveLength(1);
  });
});

describe('CloudTrail Lake', () => {
  const of = (condition: string): string => `SELECT eventID AS id FROM ${store} WHERE ${condition} LIMIT 5000`;

  it('takes a while, then answers in pages', async () => {
    const { timeline, lake } = setUp();
    const { QueryId } = await lake.send(new StartQueryCommand({ QueryStatement: of("userIdentity.accountId = '111122223333'") }));
    expect((await lake.send(new GetQueryResultsCommand({ QueryId }))).QueryStatus).toBe('RUNNING');
    timeline.advanceTo(start + 20_000);
    expect((await lake.send(new DescribeQueryCommand({ QueryId }))).QueryStatus).toBe('FINISHED');
    const first = await lake.send(new GetQueryResultsCommand({ QueryId, MaxQueryResults: 15 }));
    expect(first).toMatchObject({ QueryStatus: 'FINISHED', NextToken: '15' });
    expect(first.QueryResultRows?.[0]).toEqual([{ id: expect.any(String) as unknown }]);
    const rest = await lake.send(new GetQueryResultsCommand({ QueryId, NextToken: first.NextToken }));
    expect((first.QueryResultRows?.length ?? 0) + (rest.QueryResultRows?.length ?? 0)).toBe(total);
  });

  it('refuses what it does not understand, and queries that there are not', async () => {
    const { lake } = setUp();
    await expect(lake.send(new StartQueryCommand({ QueryStatement: 'SELECT * FROM x' }))).rejects.toMatchObject({ name: 'InvalidQueryStatementException' });
    await expect(lake.send(new StartQueryCommand({ QueryAlias: 'dashboard', QueryParameters: ['x'] }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(lake.send(new GetQueryResultsCommand({ QueryId: store }))).rejects.toMatchObject({ name: 'QueryIdNotFoundException' });
  });
});
