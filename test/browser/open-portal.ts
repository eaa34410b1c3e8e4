import path from 'node:path';
import type { SignInConfig } from '@team/portal/compose';
import { memoryStore, systemRandom, systemTimeline } from '../../infra/local/src/cloud/index.ts';
import { loadOrganization, openOrganization, type Organization } from '../../infra/local/src/identity/index.ts';
import { loadPolicies, type LoadedPolicies } from '../../infra/local/src/policies/index.ts';
import { servePortal } from '../../infra/local/src/portal/serve-portal.ts';
import { enabledPeople } from '../../infra/local/src/sign-in/index.ts';
import { createSystem, type System } from '../../infra/local/src/system/create-system.ts';

/** What Identity Center takes for an operation. */
export const identityCenterMs = 200;
const quick = { fixedMs: identityCenterMs, tailMs: 0, atMostMs: identityCenterMs };
const fixtures = path.resolve(import.meta.dirname, '../../infra/local/fixtures');

/** What is other than usual. */
export interface Opening {
  readonly organization?: (usual: Organization) => Organization;
  readonly policies?: (organization: Organization) => LoadedPolicies;
  readonly signIn?: (usual: SignInConfig) => SignInConfig;
}

/** The product with its portal, as `npm start` has it: real time, a port of its own, nothing kept. */
export interface OpenPortal {
  readonly origin: string;
  readonly system: System;
  readonly organization: Organization;
  /** User name of somebody enabled who is in all of these groups, and in none of those. */
  someoneIn(groups: readonly string[], notIn?: readonly string[]): string;
  close(): Promise<void>;
}

const same = <T>(usual: T): T => usual;
const usualPolicies = (organization: Organization): LoadedPolicies => loadPolicies(path.join(fixtures, 'policies'), organization);

export async function openPortal({ organization: changed = same, policies = usualPolicies, signIn = same }: Opening = {}): Promise<OpenPortal> {
  const organization = changed(loadOrganization(path.join(fixtures, 'organization.json')));
  const store = memoryStore();
  const [timeline, executionClock] = [systemTimeline(), systemTimeline()];
  const state = openOrganization(store, organization);
  const server = await servePortal({ port: 0, people: () => enabledPeople(state) });
  const system = await createSystem({
    organization,
    policies: policies(organization),
    store,
    timeline,
    executionClock,
    random: systemRandom(),
    logLevel: 'ERROR',
    endpoint: 'http://localhost',
    maxAttempts: 3,
    portal: signIn(server.signIn),
    // What Identity Center takes is no part of what is looked at.
    identityCenter: { latency: quick, firstUseLatency: quick },
  });
  if (system.portal === undefined) throw new Error('there is no portal');
  server.open(system.portal);
  return {
    origin: server.origin,
    system,
    organization,
    someoneIn(groups, notIn = []) {
      const person = enabledPeople(state).find((one) => groups.every((group) => one.groups.includes(group)) && !notIn.some((group) => one.groups.includes(group)));
      if (person === undefined) throw new Error(`nobody is in ${groups.join(', ')} and not in ${notIn.join(', ')}`);
      return person.userName;
    },
    async close() {
      system.stop();
      await server.close();
      await system.drained();
      timeline.close();
      executionClock.close();
      store.close();
    },
  };
}
