import { fileURLToPath } from 'node:url';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { seededRandom } from '../../cloud/random-sources.ts';
import type { Store } from '../../cloud/store.ts';
import { committingTimeline } from '../../cloud/storage/committing-timeline.ts';
import { memoryStore } from '../../cloud/storage/memory-store.ts';
import { virtualTimeline } from '../../cloud/time/virtual-timeline.ts';
import { clientConfig } from '../../cloud/wire/in-process.ts';
import { createRouter } from '../../cloud/wire/router.ts';
import {
  createCloudTrail,
  createIdentityStore,
  createKms,
  createOrganizations,
  createSsoAdmin,
  loadOrganization,
  openOrganization,
  type Organization,
  type OrganizationsOptions,
  type SsoAdminOptions,
} from '../index.ts';

export const startMs = Date.parse('2026-03-02T09:00:00Z');
export const fixtureFile = fileURLToPath(new URL('../../../fixtures/organization.json', import.meta.url));
export const fixture: Organization = loadOrganization(fixtureFile);

/** Account ids by the caller's name; everybody else lives in a member account. */
const accounts: Readonly<Record<string, string>> = {
  management: fixture.ManagementAccountId,
  team: fixture.DelegatedAdministratorAccountId,
  approval: fixture.DelegatedAdministratorAccountId,
};

interface Options extends Partial<SsoAdminOptions>, Pick<Partial<OrganizationsOptions>, 'emptyPages'> {
  readonly organization?: Organization;
  readonly startAt?: number;
}

/** The stand-ins on a virtual timeline, behind a router; clients of the real SDK call them as whom one likes. */
export function identityCloud({ organization = fixture, startAt = startMs, emptyPages = 0, ...ssoOptions }: Options = {}) {
  const store: Store = ssoOptions.store ?? memoryStore();
  const clock = virtualTimeline(startAt);
  const timeline = committingTimeline(clock, store);
  const random = seededRandom(1);
  const state = openOrganization(store, organization);
  const shared = { state, store, timeline, random };
  const sso = createSsoAdmin({ ...shared, ...ssoOptions });
  const people = createIdentityStore(shared);
  const tree = createOrganizations({ ...shared, emptyPages });
  const trail = createCloudTrail(shared);
  const kms = createKms({
    ...shared,
    region: organization.Region,
    accountId: organization.DelegatedAdministratorAccountId,
    keys: ['alias/team-approval', 'alias/team-request'],
  });
  const router = createRouter({
    standIns: [sso, people, tree, trail, kms],
    callers: (name) => {
      const accountId = accounts[name] ?? '999999999999';
      return { name, roleArn: `arn:aws:iam::${accountId}:role/${name}`, accountId };
    },
    store,
    random,
  });
  const as = (caller: string) => {
    const config = clientConfig(router, caller, { region: organization.Region });
    return {
      sso: new SSOAdminClient(config),
      identityStore: new IdentitystoreClient(config),
      organizations: new OrganizationsClient(config),
      kms: new KMSClient(config),
      trail: new CloudTrailClient(config),
    };
  };
  return { ...shared, clock, sso, people, tree, trail, kms, as };
}

export function named<T, K extends keyof T>(list: readonly T[], member: K, name: T[K]): T {
  const found = list.find((item) => item[member] === name);
  if (found === undefined) throw new Error(`Nothing is named ${String(name)} in the fixture`);
  return found;
}
