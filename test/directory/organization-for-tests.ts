import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { createDirectory } from '@team/directory';
import { seededRandom } from '../../infra/local/src/cloud/random-sources.ts';
import { memoryStore } from '../../infra/local/src/cloud/storage/memory-store.ts';
import { virtualTimeline } from '../../infra/local/src/cloud/time/virtual-timeline.ts';
import { clientConfig } from '../../infra/local/src/cloud/wire/in-process.ts';
import { createRouter } from '../../infra/local/src/cloud/wire/router.ts';
import {
  createIdentityStore,
  createOrganizations,
  createSsoAdmin,
  makeOrganization,
  openOrganization,
} from '../../infra/local/src/identity/index.ts';
import type { OrganizationSize } from '../../infra/local/src/identity/index.ts';

/** How long each call takes, about what AWS needs. */
const CALL_MS = 60;

/** A directory over the local cloud's stand-ins with an organization of this size. `calls` has each action, and what failed. */
export function directoryOver(size: OrganizationSize) {
  const file = makeOrganization(size);
  const store = memoryStore();
  const random = seededRandom(size.seed);
  const timeline = virtualTimeline(Date.parse('2026-01-01T00:00:00Z'));
  const state = openOrganization(store, file);
  const identityStore = createIdentityStore({ state, random });
  const organizations = createOrganizations({ state, random });
  const ssoAdmin = createSsoAdmin({ state, store, timeline, random });
  const accountId = file.DelegatedAdministratorAccountId;
  const calls: { action: string; failed: boolean }[] = [];
  const router = createRouter({
    standIns: [identityStore, organizations, ssoAdmin],
    callers: (name) => ({ name, accountId, roleArn: `arn:aws:iam::${accountId}:role/${name}` }),
    store,
    random,
    intercept(call, next) {
      timeline.advanceTo(timeline.now() + CALL_MS);
      return next();
    },
    observe: (call, { error }) => calls.push({ action: call?.action ?? 'none', failed: error !== undefined }),
  });
  const config = clientConfig(router, 'request', { region: file.Region });
  const directory = createDirectory({
    identityStore: new IdentitystoreClient(config),
    organizations: new OrganizationsClient(config),
    ssoAdmin: new SSOAdminClient(config),
    identityStoreId: file.IdentityStoreId,
    instanceArn: file.InstanceArn,
    now: () => timeline.now(),
  });
  return { directory, file, identityStore, organizations, ssoAdmin, timeline, calls };
}

/** The first, which a test relies on to be there. */
export function first<T>(items: readonly T[], matches: (item: T) => boolean = () => true): T {
  const found = items.find(matches);
  if (found === undefined) throw new Error('the organization for this test has no such item');
  return found;
}
