import { auditOver, scriptedCloud } from '../test/scripted-cloud.ts';

const team = (...argv: readonly string[]) => scriptedCloud({ audit: auditOver([]) }).team(...argv);
const none = { code: 2, said: [], remarks: expect.arrayContaining([expect.stringMatching(/such as eu-central-1/)]) };

it.each(['../..', '', 'eu central', '-', 'EU', 'eu-central-1.evil.example', 'a'.repeat(64)])('says that %j is no region', async (region) => {
  expect(await team('--region', region, 'events', '--once')).toEqual(none);
});

it('takes one that it does not know', async () => {
  expect(await team('--region', 'mars-north-1', 'events', '--once')).toMatchObject({ code: 0 });
});

it.each([
  ['TEAM_REGION', ['events', '--once']],
  ['AWS_REGION', ['policies', 'list', '--aws']],
])('says that %s is none', async (name, argv) => {
  const before = process.env[name];
  process.env[name] = '../..';
  try {
    expect(await team(...argv)).toEqual(none);
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
});
