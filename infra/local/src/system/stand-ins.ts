import { dynamoDb, type DynamoDb } from '../cloud/dynamodb/dynamodb.ts';
import { eventBridge, type EventBridgeStandIn } from '../cloud/eventbridge/eventbridge.ts';
import { objectsInMemory, type Objects } from '../cloud/s3/objects.ts';
import { s3 } from '../cloud/s3/s3.ts';
import { sqs, type SqsStandIn } from '../cloud/sqs/sqs.ts';
import type { StandIn } from '../cloud/stand-in.ts';
import { committingTimeline } from '../cloud/storage/committing-timeline.ts';
import {
  createAthena,
  createCloudTrail,
  createIdentityStore,
  createKms,
  createOrganizations,
  createSessionWork,
  createSsoAdmin,
  openOrganization,
  type Athena,
  type CloudTrail,
  type IdentityStore,
  type Kms,
  type Organizations,
  type SsoAdmin,
} from '../identity/index.ts';
import type { SystemOptions } from './options.ts';

/** The local cloud's services, with what tests and demos do to them beside calling them. */
export interface StandIns {
  readonly all: readonly StandIn[];
  readonly dynamo: DynamoDb;
  readonly bus: EventBridgeStandIn;
  readonly queues: SqsStandIn;
  readonly ssoAdmin: SsoAdmin;
  readonly people: IdentityStore;
  readonly organizations: Organizations;
  readonly trail: CloudTrail;
  readonly athena: Athena;
  readonly kms: Kms;
  /** What is in the buckets. */
  readonly objects: Objects;
}

/** What they are made of. */
export type StandInOptions = Pick<SystemOptions, 'organization' | 'store' | 'timeline' | 'random' | 'endpoint' | 'identityCenter' | 'deliveryFaults' | 'objects'>;

/** All stand-ins over one store, one timeline and one source of randomness; KMS with keys of these aliases, S3 with these buckets. */
export function createStandIns(options: StandInOptions, keys: readonly string[], buckets: readonly string[] = []): StandIns {
  const { organization, store, random, endpoint } = options;
  const timeline = committingTimeline(options.timeline, store);
  const accountId = organization.DelegatedAdministratorAccountId;
  const region = organization.Region;
  const shared = { store, timeline, random, accountId, region };
  const state = openOrganization(store, organization);
  const queues = sqs({ ...shared, endpoint });
  const faults = options.deliveryFaults;
  const bus = eventBridge({ ...shared, queues, ...(faults === undefined ? {} : { faults }) });
  const ssoAdmin = createSsoAdmin({ state, ...shared, ...options.identityCenter });
  const people = createIdentityStore({ state, random });
  const organizations = createOrganizations({ state, random });
  const work = createSessionWork(state, store);
  const trail = createCloudTrail({ ...shared, work });
  const athena = createAthena({ ...shared, work });
  const kms = createKms({ ...shared, keys });
  const objects = options.objects ?? objectsInMemory();
  const archive = s3({ objects, buckets });
  const dynamo = dynamoDb(shared);
  return { all: [dynamo, queues, bus, ssoAdmin, people, organizations, trail, athena, kms, archive], objects, dynamo, bus, queues, ssoAdmin, people, organizations, trail, athena, kms };
}
