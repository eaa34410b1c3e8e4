import { requestsAnswer, type RequestsAnswer } from '@team/contracts';
import { createServiceKit, createLogger, resourceNames, uuidv7Source, type Platform } from '@team/runtime';
import { accountId as ownAccount, cloudForTests, region } from '../../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { memoryStore } from '../../../infra/local/src/cloud/index.ts';
import { clientsOf } from '../../../infra/local/src/system/clients.ts';
import { provision } from '../../../infra/local/src/system/provision.ts';
import { factInTrail, lifecycleKey } from '../../../services/audit/src/application/follow-lifecycle.ts';
import { composeQuestions } from '../../../services/audit/src/compose-questions.ts';
import { createTermsTable } from '../../../services/audit/src/adapters/terms-table.ts';
import { indexOf } from '../../../services/audit/src/application/lifecycle-status.ts';
import { decide, evolve, type Command } from '../../../services/audit/src/domain/lifecycle/decide.ts';
import type { Lifecycle } from '../../../services/audit/src/domain/lifecycle/state.ts';
import { newTerms } from '../../../services/audit/src/domain/lifecycle/terms.ts';
import { manifest } from '../../../services/audit/src/manifest.ts';
import { lifeOf, type Crowd } from '../../audit/lives.ts';

/** Facts of one life. */
export const factsPerLife = 9;
export const crowd: Crowd = { people: 400, accounts: 120, permissionSets: 20 };

/** The audit service's questions over lives that it heard of itself. */
export interface ManyRequests {
  readonly requests: number;
  ask(question: object): Promise<RequestsAnswer>;
}

/**
 * Lets the service hear of so many lives, by its own domain, aggregate and index on the local store: each life's facts in one command, as a
 * rebuild says them. Nothing is written into tables by hand.
 */
export async function manyRequests(requests: number, progress: (done: number) => void): Promise<ManyRequests> {
  const { router, timeline } = cloudForTests({ store: memoryStore() });
  const clients = clientsOf(router, 'bench', region, 1);
  await provision([manifest], clients, ownAccount, region);
  const clock = (): number => timeline.now();
  const named = (kind: 'table' | 'queue', name: string): string => resourceNames[kind]('team', 'audit', name);
  const platform: Platform = {
    clients,
    clock,
    newId: uuidv7Source(clock),
    logger: createLogger('audit', 'SILENT'),
    config: {
      busName: 'team',
      ownAccount,
      tables: Object.fromEntries(Object.keys(manifest.tables).map((table) => [table, named('table', table)])),
      queues: {},
      keys: { acceptance: 'alias/a', proof: 'alias/p', checkpoint: 'alias/c' },
      emitters: [],
    },
  };
  const terms = createTermsTable(clients.documents, named('table', 'terms'));
  const lifecycles = createServiceKit(manifest, platform).aggregate('lifecycles', {
    decide: (state: Lifecycle | undefined, command: Command, now) => decide(state, command, now, { collectsActivity: true }),
    evolve,
    prepare: (next: Lifecycle, before) => terms.put(newTerms(next, before)),
    index: indexOf,
  });
  for (let n = 0; n < requests; n += 1) {
    const { requestId, events } = lifeOf(n, crowd);
    const facts = events.flatMap((event) => factInTrail(event, ownAccount) ?? []);
    await lifecycles.execute(lifecycleKey(requestId), { type: 'hear', facts });
    if ((n + 1) % 2_000 === 0) progress(n + 1);
  }
  const { answer } = composeQuestions(platform);
  return { requests, ask: async (question) => requestsAnswer.parse(await answer(question)) };
}
