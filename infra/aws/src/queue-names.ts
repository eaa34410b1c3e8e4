import type { Names } from './names.ts';

/** Names of every queue of a deployment. */
export interface QueueNames {
  /** Those that services read. */
  readonly read: readonly string[];
  /** Where what could not be handled or brought lies, of the queues that are read and of rules. */
  readonly deadLetters: readonly string[];
}

export function queueNamesOf(names: Names): QueueNames {
  const { manifests } = names;
  const pairs = manifests.flatMap((manifest) => Object.keys(manifest.queues).map((queue) => ({ manifest, queue })));
  const last = [...manifests.map(({ name }) => `${names.prefix}-${name}-cron-dlq`), `${names.prefix}-bus-dlq`, `${names.prefix}-watch-dlq`];
  return {
    read: pairs.map(({ manifest, queue }) => names.queueName(manifest, queue)),
    deadLetters: [...pairs.map(({ manifest, queue }) => names.deadLetterQueueName(manifest, queue)), ...last],
  };
}
