import { parseEnvelope, route, tableOf, type ServiceKit, type SqsHandler } from '@team/runtime';
import { parseRebuild } from './adapters/query-input.ts';
import { createTermsTable } from './adapters/terms-table.ts';
import { followLifecycle } from './application/follow-lifecycle.ts';
import { tellings } from './application/lifecycle-facts.ts';
import { indexOf } from './application/lifecycle-status.ts';
import type { ReadableTrail } from './application/ports.ts';
import { rebuildLifecycles, type Rebuilt } from './application/rebuild-lifecycles.ts';
import type { ActivityPlatform } from './compose-activity.ts';
import { decide, dueAt, evolve, forgetAt, type Command } from './domain/lifecycle/decide.ts';
import type { Lifecycle } from './domain/lifecycle/state.ts';
import { newTerms } from './domain/lifecycle/terms.ts';

export interface LifecycleHandlers {
  /** Reads the queue `follow`. */
  readonly follow: SqsHandler;
  /** What is due, by the kind of aggregate. */
  readonly timers: Readonly<Record<'lifecycle', (key: string) => Promise<void>>>;
  /** Makes everything again from the trail; `ERR_QUERY_INVALID` where it is not asked for so. */
  readonly rebuild: (input: unknown) => Promise<Rebuilt>;
}

/** What follows each request through its life: says what is missing, and keeps the index by which requests are found. */
export function composeLifecycles(kit: ServiceKit, { clients, config, activitySchedule }: ActivityPlatform, trail: ReadableTrail): LifecycleHandlers {
  const terms = createTermsTable(clients.documents, tableOf(config, 'terms'));
  const watching = { collectsActivity: activitySchedule !== undefined };
  const lifecycles = kit.aggregate('lifecycles', {
    decide: (state: Lifecycle | undefined, command: Command, now) => decide(state, command, now, watching),
    evolve,
    dueAt: (state) => dueAt(state, watching),
    forgetAt,
    // Before the lifecycle says so: what is found too early is asked and left out, what is never found is lost.
    prepare: (next, before) => terms.put(newTerms(next, before)),
    index: indexOf,
  });
  const routes = tellings.map((telling) =>
    // A wish that breaks its contract is answered by the request service: the lifecycle begins with that answer.
    route(telling.contract, followLifecycle(lifecycles, telling), telling.contract.kind === 'intent' ? async () => true : undefined),
  );
  const rebuild = rebuildLifecycles({ trail, lifecycles, terms, parse: parseEnvelope, ownAccount: config.ownAccount });
  return {
    follow: kit.events('follow', routes),
    timers: { lifecycle: async (key) => void (await lifecycles.execute(key, { type: 'due' })) },
    rebuild: async (input) => rebuild(parseRebuild(input)),
  };
}
