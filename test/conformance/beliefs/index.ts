import type { Belief } from '../belief.ts';
import { cloudTrailBeliefs } from './cloudtrail.ts';
import { dynamoDbBeliefs } from './dynamodb.ts';
import { eventBridgeBeliefs } from './eventbridge.ts';
import { identityStoreBeliefs } from './identity-store.ts';
import { kmsBeliefs } from './kms.ts';
import { organizationsBeliefs } from './organizations.ts';
import { patternBeliefs } from './patterns.ts';
import { sqsBeliefs } from './sqs.ts';
import { fifoBeliefs } from './sqs-fifo.ts';
import { ssoAdminBeliefs } from './sso-admin.ts';
import { ssoQuotaBeliefs } from './sso-quotas.ts';

/** What we believe of AWS, in the order in which it is tried. */
export const beliefs: readonly Belief[] = [
  ...dynamoDbBeliefs,
  ...sqsBeliefs,
  ...fifoBeliefs,
  ...patternBeliefs,
  ...eventBridgeBeliefs,
  ...kmsBeliefs,
  ...organizationsBeliefs,
  ...identityStoreBeliefs,
  ...ssoAdminBeliefs,
  ...ssoQuotaBeliefs,
  ...cloudTrailBeliefs,
];
