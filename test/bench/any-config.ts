import type { LambdaConfig } from '@team/runtime';
import { manifestsOf } from '../../infra/aws/src/manifests.ts';

const named = (of: 'tables' | 'queues'): string[] => [...new Set(manifestsOf({}).flatMap((manifest) => Object.keys(manifest[of])))];

/** A configuration with which every function of every service loads; what it names is nowhere. */
export const anyConfig: LambdaConfig = {
  busName: 'team',
  ownAccount: '111122223333',
  tables: Object.fromEntries(named('tables').map((name) => [name, name])),
  queues: Object.fromEntries(named('queues').map((name) => [name, { url: `https://queues.example/${name}`, deadLetterUrl: `https://queues.example/${name}-dlq` }])),
  keys: { acceptance: 'alias/acceptance', proof: 'alias/proof', checkpoint: 'alias/checkpoint' },
  buckets: { archive: 'archive' },
  emitters: [],
  identityCenter: { instanceArn: 'arn:aws:sso:::instance/ssoins-1', identityStoreId: 'd-1' },
};
