import { manifest } from '@team/audit/manifest';
import type { FunctionManifest } from '@team/runtime';
import { problemsOfAllow } from '../../test/authorization-data.ts';
import { example } from '../../test/templates.ts';
import type { Environment } from '../environment/schema.ts';
import { namesOf } from '../names.ts';
import { lambdaConfigOf } from '../parts/lambda-config.ts';
import { functionStatements } from './function-role.ts';
import { reasonForWildcard } from './resources.ts';

type Activity = Environment['activity'];
const collectAfterMinutes = [15, 360, 1_440];
const athena: Activity = {
  source: 'athena',
  database: 'trail',
  table: 'cloudtrail',
  workgroup: 'team',
  outputLocation: 's3://acme-results/team/',
  trail: { bucket: 'acme-trail', prefix: 'AWSLogs/o-exampleorg1/', keyArn: 'arn:aws:kms:eu-central-1:444455556666:key/1' },
  collectAfterMinutes,
};
const eventDataStoreArn = 'arn:aws:cloudtrail:eu-central-1:111122223333:eventdatastore/11111111-2222-3333-4444-555555555555';
const lake: Activity = { source: 'lake', eventDataStoreArn, collectAfterMinutes };
const lookup: Activity = { source: 'lookup', collectAfterMinutes };
const none: Activity = { source: 'none' };
const names = namesOf(example);

/** Statements of a function of audit in an environment that reads session activity from there. */
const statementsOf = (name: keyof typeof manifest.functions, activity: Activity) =>
  functionStatements(manifest.functions[name] satisfies FunctionManifest, { environment: { ...example, activity }, names, manifest, signingKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/s', evidenceKeyArns: [] }, { roleArn: names.roleArn('audit', name), dataKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/d', logGroupArn: 'arn:aws:logs:eu-central-1:111122223333:log-group:x', triggerQueueArn: undefined });

/** What is allowed beside what it is without a source. */
const beside = (activity: Activity) => {
  const usual = new Set(statementsOf('timers', none).map((statement) => JSON.stringify(statement.toJSON())));
  return statementsOf('timers', activity).filter((statement) => !usual.has(JSON.stringify(statement.toJSON())));
};

describe('what the function that collects session activity may', () => {
  it.each<[string, Activity, Readonly<Record<string, readonly string[]>>]>([
    ['nothing without a source', none, {}],
    ['look events up, which knows no resources', lookup, { 'cloudtrail:LookupEvents': ['*'] }],
    ['query the one event data store', lake, { 'cloudtrail:GetQueryResults': [eventDataStoreArn], 'cloudtrail:StartQuery': [eventDataStoreArn] }],
  ])('is %s', (_, activity, wanted) => {
    expect(Object.fromEntries(beside(activity).flatMap(({ actions, resources }) => actions.map((action) => [action, resources])))).toEqual(wanted);
  });

  it('is to query in the one workgroup; Athena reads the one table and the trail for it, and writes under the one folder', () => {
    const bySid = Object.fromEntries(beside(athena).map(({ sid, actions, resources }) => [sid, [actions, resources]]));
    expect(bySid).toEqual({
      AthenaGetQueryExecution: [['athena:GetQueryExecution', 'athena:GetQueryResults', 'athena:StartQueryExecution'], ['arn:aws:athena:eu-central-1:111122223333:workgroup/team']],
      DatabaseThroughAthena: [['glue:GetDatabase'], ['catalog', 'database/trail'].map((one) => `arn:aws:glue:eu-central-1:111122223333:${one}`)],
      TableThroughAthena: [['glue:GetPartitions', 'glue:GetTable'], ['catalog', 'database/trail', 'table/trail/cloudtrail'].map((one) => `arn:aws:glue:eu-central-1:111122223333:${one}`)],
      TrailThroughAthena: [['s3:GetObject'], ['arn:aws:s3:::acme-trail/AWSLogs/o-exampleorg1/*']],
      TrailListedThroughAthena: [['s3:ListBucket'], ['arn:aws:s3:::acme-trail']],
      ResultsOfAthena: [['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], ['arn:aws:s3:::acme-results/team/*']],
      ResultsBucketOfAthena: [['s3:GetBucketLocation', 's3:ListBucket'], ['arn:aws:s3:::acme-results']],
      TrailKeyThroughAthena: [['kms:Decrypt'], ['arn:aws:kms:eu-central-1:444455556666:key/1']],
    });
  });

  it('names only what AWS knows, and a wildcard only where somebody has said why', async () => {
    for (const activity of [lookup, lake, athena]) {
      for (const statement of beside(activity)) {
        const { Condition = {} } = statement.toJSON() as { readonly Condition?: Readonly<Record<string, object>> };
        const conditionKeys = Object.values(Condition).flatMap((one) => Object.keys(one));
        expect(await problemsOfAllow({ of: statement.sid ?? '', actions: statement.actions, resources: statement.resources, conditionKeys })).toEqual([]);
        expect(statement.resources.filter((one) => one.includes('*') && reasonForWildcard(one) === undefined)).toEqual([]);
      }
    }
  });

  it('is no other function’s', () => {
    for (const name of ['inbox', 'grants', 'sweep', 'query'] as const) {
      const said = (activity: Activity) => JSON.stringify(statementsOf(name, activity).map((statement) => statement.toJSON() as unknown));
      for (const activity of [lookup, lake, athena]) expect(said(activity)).toBe(said(none));
    }
  });
});

it('functions are told where activity is read from, and not what only IAM must know', () => {
  const told = (activity: Activity) => lambdaConfigOf(manifest, { ...example, activity }, names);
  const { trail: _trail, collectAfterMinutes: _after, ...source } = athena;
  expect(told(athena)).toMatchObject({ activity: source, collectActivityAfterMinutes: collectAfterMinutes });
  expect(told(athena).activity).toEqual(source);
  expect(told(lake).activity).toEqual({ source: 'lake', eventDataStoreArn });
  expect(told(none)).toMatchObject({ activity: none });
  expect(told(none).collectActivityAfterMinutes).toBeUndefined();
});
