import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EnvironmentError, environmentsFolder, loadEnvironment, readEnvironment } from './load.ts';

const example = readFileSync(path.join(environmentsFolder, 'example.yaml'), 'utf8');
const problemsOf = (text: string): readonly string[] => {
  try {
    readEnvironment(text, 'environments/test.yaml');
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
};
const changed = (from: string, to: string): string => {
  if (!example.includes(from)) throw new Error(`the example has no "${from}"`);
  return example.replace(from, to);
};

/** Athena as its configuration stands in YAML, with other values. */
const athenaWith = (more: Readonly<Record<string, string>>): string => {
  const usual = { source: 'athena', database: 'trail', table: 'cloudtrail', workgroup: 'team', outputLocation: 's3://acme-results/team/', trail: '{ bucket: acme-trail, prefix: AWSLogs/o-exampleorg1/ }' };
  return `{ ${Object.entries({ ...usual, ...more }).map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
};

describe('an environment', () => {
  it('is read from its file', () => {
    expect(loadEnvironment('example')).toMatchObject({ name: 'example', accounts: { team: '111122223333' }, quotas: { outstandingOperations: 10 } });
  });

  it.each([
    ['region: eu-central-1', 'region: Frankfurt', /^line \d+: region: a Region is written like eu-central-1/],
    ['region: eu-central-1', 'region: eu-centrel-1', /^line \d+: region: a Region is written like eu-central-1, .*; known are af-south-1, /],
    ['region: eu-central-1', 'region: us-iso-east-1', /^line \d+: region: /],
    ['region: eu-central-1', 'region: us-gov-west-1', /^line \d+: region: .*those of China, GovCloud and other partitions are not supported/],
    ['region: eu-central-1', 'region: cn-north-1', /^line \d+: region: .*known are (?!.*cn-)(?!.*us-gov-)/],
    ['arn:aws:sso', 'arn:aws-cn:sso', /^line \d+: identityCenter\.instanceArn: an instance is written like arn:aws:sso/],
    ['arn:aws:iam::777788889999:role/service-desk-integration', 'arn:aws-us-gov:iam::777788889999:role/service-desk-integration', /^line \d+: emitters\.0\.roleArn: an IAM role is named by its ARN: arn:aws:iam/],
    ['arn:aws:iam::111122223333:role/team-operator', 'arn:aws:iam::999999999999:role/team-operator', /^line \d+: roles\.operators\.0: this role must be one of account 111122223333/],
    ['role/team-operator', 'role/team-example-request-inbox', /^line \d+: roles\.operators\.0: roles of TEAM’s functions .* name one of people/],
    ['role/team-break-glass', 'role/team-deploy', /^line \d+: roles\.breakGlass: who deploys assigns nothing/],
    ['arn:aws:iam::777788889999:role/service-desk-integration', 'arn:aws:iam::111122223333:role/team-example-expiry-sweep', /^line \d+: emitters\.0\.roleArn: roles of TEAM’s functions and of the bootstrap send no intents/],
    ['arn:aws:iam::777788889999:role/service-desk-integration', 'arn:aws:iam::777788889999:root', /^line \d+: emitters\.0\.roleArn: an IAM role is named by its ARN/],
    ['[AccessRequested.v1, ', '[AccessRequest.v1, ', /^line \d+: emitters\.0\.detailTypes\.0: an emitter may send AccessRequested\.v1, /],
    ['[AccessRequested.v1, ', '[AccessGranted.v1, ', /^line \d+: emitters\.0\.detailTypes\.0: an emitter may send /],
    ['mayRevoke: true', 'mayDecide: { keyId: "arn:aws:kms:us-east-1:777788889999:key/1" }', /^line \d+: emitters\.0\.mayDecide\.keyId: a channel’s key is one of eu-central-1/],
    ['siem: []', 'siem: [{ kind: kafka, name: lake }]', /^line \d+: siem\.0\.kind: a place has a kind: firehose-s3, firehose-splunk or api-destination/],
    ['siem: []', 'siem: [{ kind: firehose-s3, name: lake }, { kind: firehose-s3, name: lake }]', /^line \d+: siem\.1\.name: another place has this name/],
    ['siem: []', 'siem: [{ kind: firehose-s3, name: a-name-too-long }]', /^line \d+: siem\.0\.name: a name has 1 to 10/],
    ['siem: []', 'siem: [{ kind: firehose-splunk, name: s, endpoint: "http://hec.example.com", secretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:s-AbCdEf" }]', /^line \d+: siem\.0\.endpoint: an address begins with https/],
    ['siem: []', 'siem: [{ kind: firehose-splunk, name: s, endpoint: "https://hec.example.com", secretArn: "splunk-token" }]', /^line \d+: siem\.0\.secretArn: a secret of Secrets Manager is named by its whole ARN/],
    ['siem: []', 'siem: [{ kind: api-destination, name: s, endpoint: "https://x.example", headerName: A, secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-AbCdEf" }]', /^line \d+: siem\.0\.secretArn: it must be one of eu-central-1/],
    ['siem: []', 'siem: [{ kind: api-destination, name: s, endpoint: "https://x.example", headerName: A, token: abc, secretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:s-AbCdEf" }]', /^line \d+: siem\.0: .*token/],
    ['[team-alarms@example.com]', '[]', /^line \d+: alarms\.emails: at least one address, or nobody is told/],
    ['CostCenter: security', 'Environment: mine', /^line \d+: tags: .*Application and Environment are given already/],
    ['CostCenter: security', 'CostCenter: "<security>"', /^line \d+: tags\.CostCenter: a tag has letters/],
    ['CostCenter: security', Array.from({ length: 41 }, (_, i) => `T${i}: x`).join('\n  '), /^line \d+: tags: at most 40 tags/],
    ['team: "111122223333"', 'team: 111122223333', /^line \d+: accounts\.team: /],
    ['team: "111122223333"', 'team: "444455556666"', /accounts\.team: TEAM runs in the delegated administrator account .* never in the management account/],
    ['name: example', 'name: Example One', /^line 3: name: a name has 1 to 16/],
    ['name: example', 'name: example-', /^line 3: name: a name .* ends with no hyphen/],
    ['name: example', 'name: a2345678901234567', /^line 3: name: a name has 1 to 16/],
    ['mayAskFor: everyone', 'mayAskFor: everybody', /^line \d+: emitters\.0\.mayAskFor: allowed are everyone, or lists of ids, \{ groupIds: \[<group>\], userIds: \[<user>\] \}/],
    ['mayAskFor: everyone', 'mayAskFor: { groups: [] }', /^line \d+: emitters\.0\.mayAskFor: allowed are everyone, or lists/],
    ['logsDays: 365', 'logsDays: 100', /retention\.logsDays: allowed are 1, 3, 5/],
    ['outstandingOperations: 10', 'outstandingOperations: 11', /quotas\.outstandingOperations: /],
    ['source: example.service-desk', 'source: team.request', /emitters\.0\.source: sources that begin with team\. or aws\. are taken/],
    ['deploy: arn:aws:iam::111122223333', 'deploy: arn:aws:iam::999999999999', /roles\.deploy: this role must be one of account 111122223333/],
    ['alarms:', 'alarm:', /^line \d+: .*alarm/],
    ['mayRevoke: true', 'mayRevoke: sometimes', /emitters\.0\.mayRevoke: /],
    ['mayRevoke: true', 'mayRevok: true', /emitters\.0/],
    ['mayRevoke: true', 'mayDecide: { keyId: alias/desk }', /emitters\.0\.mayDecide\.keyId: a channel’s key is named by its ARN/],
    ['organizationId: o-exampleorg1', 'organizationId: exampleorg1', /organizationId: an organization id is written like/],
    ['domain: team.example.com', 'domain: https://team.example.com', /^line \d+: portal\.domain: a name in the DNS, without https/],
    ['certificate/11111111', 'key/11111111', /^line \d+: portal\.certificateArn: a certificate is named by its ARN/],
    ['arn:aws:acm:eu-central-1', 'arn:aws:acm:us-east-1', /^line \d+: portal\.certificateArn: it must be one of eu-central-1/],
    ['domainPrefix: example-team', 'domainPrefix: my-aws-team', /^line \d+: portal\.cognito\.domainPrefix: a prefix has/],
    ['    metadataUrl: https:', '    metadata: <EntityDescriptor/>\n    metadataUrl: https:', /^line \d+: portal\.cognito: the application’s metadata is named by metadataUrl or given/],
    ['  # issuer: {', '  issuer: {', /^line \d+: portal: people sign in at an issuer or at cognito, one of them/],
    ['  access: {}', '  issuer: { commandLineRedirectUris: ["https://localhost/signed-in"] }', /^line \d+: portal\.issuer\.commandLineRedirectUris\.0: it is http, on 127\.0\.0\.1 or localhost/],
    ['  access: {}', '  issuer: { commandLineRedirectUris: ["http://evil.example/signed-in"] }', /^line \d+: portal\.issuer\.commandLineRedirectUris\.0: it is http, on 127\.0\.0\.1 or localhost/],
    ['  access: {}', '  issuer: { url: "https://id.example.com", clientId: a, clientSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:a-AbCdEf", audience: team, commandLineRedirectUris: ["http://127.0.0.1/signed-in"] }', /^line \d+: portal\.issuer\.commandLineRedirectUris: they are those of a client/],
    ['  access: {}', '  access: { everybody: true }', /^line \d+: portal\.access: .*everybody/],
    ['  access: {}', '  limits: { callsPerSecond: 0 }', /^line \d+: portal\.limits\.callsPerSecond: /],
  ])('is refused where %s is %s, with line and path', (from, to, problem) => {
    expect(problemsOf(changed(from, to))).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
  });

  it.each([
    ['{ source: cloudwatch }', /^line \d+: activity(\.source)?: /],
    ['{ source: lookup, database: trail }', /^line \d+: activity: .*database/],
    ['{ source: lake }', /activity\.eventDataStoreArn: /],
    ['{ source: lake, eventDataStoreArn: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/mine" }', /activity\.eventDataStoreArn: an event data store is written like/],
    [athenaWith({ table: '"cloudtrail\\" UNION SELECT"' }), /activity\.table: a database, table or column is named/],
    [athenaWith({ database: 'Trail' }), /activity\.database: a database, table or column is named/],
    [athenaWith({ partitions: '{ day: "a b" }' }), /activity\.partitions\.day: a database, table or column is named/],
    [athenaWith({ outputLocation: 's3://acme-results' }), /activity\.outputLocation: results lie under/],
    [athenaWith({ outputLocation: 's3://acme-results/' }), /activity\.outputLocation: results lie under/],
    [athenaWith({ outputLocation: '"s3://acme-results/*/"' }), /activity\.outputLocation: results lie under/],
    [athenaWith({ workgroup: '"team; DROP"' }), /activity\.workgroup: a workgroup is named/],
    [athenaWith({ trail: '{ bucket: s3://acme-trail, prefix: AWSLogs/ }' }), /activity\.trail\.bucket: the bucket’s name/],
    [athenaWith({ trail: '{ bucket: acme-trail, prefix: "*" }' }), /activity\.trail\.prefix: the folder/],
    [athenaWith({ collectAfterMinutes: '[60, 15]' }), /activity\.collectAfterMinutes: each is later/],
  ])('is refused where session activity is read from %s, with line and path', (activity, problem) => {
    expect(problemsOf(changed('activity:\n  source: none', `activity: ${activity}`))).toEqual([expect.stringMatching(problem)]);
  });

  it('may read session activity from each of the sources, or from none', () => {
    for (const activity of ['{ source: lookup }', '{ source: none }', athenaWith({}), athenaWith({ partitions: '{ account: account }', regions: '[eu-central-1]', collectAfterMinutes: '[10]' }), '{ source: lake, eventDataStoreArn: "arn:aws:cloudtrail:eu-central-1:111122223333:eventdatastore/11111111-2222-3333-4444-555555555555" }']) {
      expect(problemsOf(changed('activity:\n  source: none', `activity: ${activity}`))).toEqual([]);
    }
    expect(readEnvironment(changed('activity:\n  source: none', 'activity: { source: lookup }'), 'x').activity).toEqual({ source: 'lookup', collectAfterMinutes: [15, 360, 1440] });
    expect(readEnvironment(changed('activity:\n  source: none\n', ''), 'x').activity).toEqual({ source: 'none' });
  });

  it('names everything that is wrong, at once', () => {
    expect(problemsOf(example.replace('organizationId: o-exampleorg1', 'organizationId: y').replace('d-1234567890', 'z').replace('domain: team.example.com', 'domain: https://team.example.com'))).toHaveLength(3);
  });

  it('lets no two emitters share name, source or role', () => {
    const [, emitters = ''] = /emitters:\n([\s\S]*?)\n\n/.exec(example) ?? [];
    expect(problemsOf(example.replace(emitters, `${emitters}\n${emitters}`))).toEqual([
      expect.stringMatching(/emitters\.1\.name: emitter 1 has the same/),
      expect.stringMatching(/emitters\.1\.source: emitter 1 has the same/),
      expect.stringMatching(/emitters\.1\.roleArn: emitter 1 has the same/),
    ]);
  });

  it.each(['a', 'a1', 'prod-eu', 'a234567890123456'])('may be named %s', (name) => {
    expect(problemsOf(changed('name: example', `name: ${name}`))).toEqual([]);
  });

  it('may have systems that ask for some alone', () => {
    const some = '{ groupIds: [9067642ac7-0d4b5a5e-1111-4222-8333-444455556666], userIds: [] }';
    expect(problemsOf(changed('mayAskFor: everyone', `mayAskFor: ${some}`))).toEqual([]);
  });

  it('shares no names with one of the same account, whose policies would hold for both; another account may have such a name', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'team-environments-'));
    const write = (name: string, team = '111122223333'): void =>
      writeFileSync(path.join(folder, `${name}.yaml`), example.replace('name: example', `name: ${name}`).replaceAll('111122223333', team));
    try {
      write('prod');
      write('prod-eu');
      write('production');
      writeFileSync(path.join(folder, 'prod-broken.yaml'), 'name: [');
      for (const name of ['prod', 'prod-eu']) expect(() => loadEnvironment(name, folder)).toThrow(/name: prod(-eu)? and prod(-eu)? are in account 111122223333/);
      expect(loadEnvironment('production', folder).name).toBe('production');
      write('prod-eu', '999900001111');
      for (const name of ['prod', 'prod-eu']) expect(loadEnvironment(name, folder).name).toBe(name);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused where it is no YAML, and where there is none', () => {
    expect(problemsOf('name: [')).toEqual([expect.stringMatching(/^line \d+: /)]);
    expect(problemsOf('')).toEqual([expect.stringMatching(/the file: /)]);
    expect(() => loadEnvironment('nowhere')).toThrow(/there is no such file; there are: example/);
  });
});
