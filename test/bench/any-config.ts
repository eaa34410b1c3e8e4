import { emittersOf, type LambdaConfig, type ServiceManifest } from '@team/runtime';
import { manifestsOf, portalManifest } from '../../infra/aws/src/manifests.ts';

/** Of everything that can be deployed: the portal and the five services. */
export const allManifests: readonly ServiceManifest[] = [portalManifest, ...manifestsOf({})];

const named = (of: 'tables' | 'queues'): string[] => [...new Set(allManifests.flatMap((manifest) => Object.keys(manifest[of])))];

/** A configuration with which every function of every service loads; what it names is nowhere. */
export const anyConfig: LambdaConfig = {
  busName: 'team',
  ownAccount: '111122223333',
  tables: Object.fromEntries(named('tables').map((name) => [name, name])),
  queues: Object.fromEntries(named('queues').map((name) => [name, { url: `https://queues.example/${name}`, deadLetterUrl: `https://queues.example/${name}-dlq` }])),
  keys: { acceptance: 'alias/acceptance', proof: 'alias/proof', checkpoint: 'alias/checkpoint' },
  buckets: { archive: 'archive' },
  emitters: [...emittersOf(portalManifest, 'team', (name) => `arn:aws:iam::111122223333:role/team-portal-${name}`)],
  identityCenter: { instanceArn: 'arn:aws:sso:::instance/ssoins-1', identityStoreId: 'd-1' },
  asks: { request: 'team-request-query', approval: 'team-approval-query', audit: 'team-audit-query' },
  portal: { origin: 'https://team.example.com', managementAccount: '444455556666', issuer: 'https://id.example', audience: 'team', clientId: 'team-portal', clientSecretId: 'secret' },
};
