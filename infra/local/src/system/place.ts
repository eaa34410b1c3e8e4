import { createDirectory, createPeopleDirectory, type Directory, type PeopleDirectory } from '@team/directory';
import { createLogger, resourceNames, uuidv7Source, type ActivityConfig, type EvidenceKey, type LogLevel, type Platform, type ServiceManifest } from '@team/runtime';
import type { EmitterRegistration } from '@team/contracts';
import type { Random } from '../cloud/random.ts';
import type { Timeline } from '../cloud/timeline.ts';
import type { Organization } from '../identity/index.ts';
import type { CallerClients } from './clients.ts';
import { consumedQueues } from './provision.ts';
import { bucketName, busName, prefix } from './who.ts';

/** What all places of a system have in common. */
interface PlaceSettings {
  readonly organization: Organization;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly logLevel: LogLevel;
  readonly endpoint: string;
  readonly activity?: ActivityConfig | undefined;
  readonly collectActivityAfterMinutes?: readonly number[] | undefined;
}

/** Clients of one caller: those that try as the system does, and one that tries once. */
export type Calling = Pick<Place, 'ssoAdmin'> & { readonly clients: CallerClients };

/** Everything that a service is composed from here; no service needs all of it. */
export interface Place {
  readonly platform: Platform;
  readonly directory: Directory;
  /** The same of people and groups alone: it asks nobody but the identity store. */
  readonly people: PeopleDirectory;
  readonly s3: CallerClients['s3'];
  /** Tries each call once: whether a call that failed did something is for provisioning to find out. */
  readonly ssoAdmin: CallerClients['ssoAdmin'];
  readonly instanceArn: string;
  readonly cloudTrail: CallerClients['cloudTrail'];
  readonly athena: CallerClients['athena'];
  /** Where what people did is read from. */
  readonly activity: ActivityConfig;
  readonly collectActivityAfterMinutes: readonly number[] | undefined;
  /** Waits (ms) on the system's timeline. */
  readonly wait: (ms: number) => Promise<void>;
}

/** A service's place in the local run. Made anew for each deployment; the clients stay, since they remember nothing. */
export function placeOf(
  manifest: ServiceManifest,
  { clients, ssoAdmin }: Calling,
  emitters: readonly EmitterRegistration[],
  { organization, timeline, random, logLevel, endpoint, activity = { source: 'lookup' }, collectActivityAfterMinutes }: PlaceSettings,
): Place {
  const clock = (): number => timeline.now();
  const ownAccount = organization.DelegatedAdministratorAccountId;
  const key = (name: EvidenceKey): string => resourceNames.signingKeyAlias(prefix, name);
  const platform: Platform = {
    clients,
    clock,
    newId: uuidv7Source(clock, () => Uint8Array.from({ length: 16 }, () => Math.floor(random.next() * 256))),
    logger: createLogger(manifest.name, logLevel),
    config: {
      busName,
      ownAccount,
      tables: Object.fromEntries(Object.keys(manifest.tables).map((table) => [table, resourceNames.table(prefix, manifest.name, table)])),
      queues: consumedQueues(manifest, (name) => `${endpoint}/${ownAccount}/${name}`),
      keys: { acceptance: key('acceptance'), proof: key('proof'), checkpoint: key('checkpoint') },
      ...(manifest.buckets === undefined ? {} : { buckets: Object.fromEntries(manifest.buckets.map((bucket) => [bucket, bucketName(manifest.name, bucket, organization)])) }),
      emitters,
    },
  };
  const directory = createDirectory({
    identityStore: clients.identityStore,
    organizations: clients.organizations,
    ssoAdmin: clients.ssoAdmin,
    identityStoreId: organization.IdentityStoreId,
    instanceArn: organization.InstanceArn,
    now: clock,
  });
  const people = createPeopleDirectory({ identityStore: clients.identityStore, identityStoreId: organization.IdentityStoreId, now: clock });
  const wait = (ms: number): Promise<void> => new Promise((resolve) => timeline.at(timeline.now() + ms, resolve));
  return { platform, directory, people, s3: clients.s3, ssoAdmin, instanceArn: organization.InstanceArn, cloudTrail: clients.cloudTrail, athena: clients.athena, activity, collectActivityAfterMinutes, wait };
}
