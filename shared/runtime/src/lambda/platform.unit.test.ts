import type { EmitterRegistration } from '@team/contracts';
import { packed } from './packed.ts';
import { configFromEnvironment, writtenConfig, type LambdaConfig } from './platform.ts';

const emitter = (name: string): EmitterRegistration => ({
  name,
  roleArn: `arn:aws:iam::111122223333:role/${name}`,
  source: `acme.${name}`,
  detailTypes: ['AccessRequested.v1', 'AccessRevocationRequested.v1'],
  mayAskFor: { groupIds: ['11111111-2222-3333-4444-555555555555'], userIds: [] },
});
const config: LambdaConfig = {
  busName: 'team',
  ownAccount: '111122223333',
  tables: { aggregates: 'team-request-aggregates' },
  queues: {},
  keys: { acceptance: 'alias/a', proof: 'alias/p', checkpoint: 'alias/c' },
  emitters: [emitter('service-desk'), emitter('pipeline')],
  identityCenter: { instanceArn: 'arn:aws:sso:::instance/ssoins-1', identityStoreId: 'd-1' },
};
const read = (text: string) => configFromEnvironment({ TEAM_CONFIG: text });

it('reads what a deployment writes', () => {
  expect(read(writtenConfig(config))).toEqual(config);
});

it('has room for many more emitters than their text would have', () => {
  const many = { ...config, emitters: Array.from({ length: 40 }, (_, i) => emitter(`system-${i}`)) };
  expect(read(writtenConfig(many))).toEqual(many);
  expect([writtenConfig(many).length < 3_000, JSON.stringify(many).length > 8_000]).toEqual([true, true]);
});

it.each([
  ['nothing', undefined, 'TEAM_CONFIG is not set'],
  ['emitters as text', JSON.stringify(config), 'emitters: Invalid input'],
  ['emitters that were not packed', JSON.stringify({ ...config, emitters: 'nonsense' }), 'emitters: they cannot be read'],
  ['an emitter without a source', JSON.stringify({ ...config, emitters: packed([{ ...emitter('one'), source: '' }]) }), 'emitters.0.source'],
  ['no account', JSON.stringify({ ...config, ownAccount: '', emitters: packed([]) }), 'ownAccount'],
])('refuses %s by its field', (_what, text, problem) => {
  expect(() => configFromEnvironment({ TEAM_CONFIG: text })).toThrow(problem);
});
