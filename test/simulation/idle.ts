import type { Store } from '../../infra/local/src/cloud/store.ts';

type Entry = Readonly<Record<string, { readonly N?: string } | undefined>>;

/** Beyond what a sweep looks ahead (ms). */
const horizonMs = 130_000;
/** What each function looks into: an index, and the attribute that says when. */
const minutely: Readonly<Record<string, readonly (readonly [index: string, at: string])[]>> = {
  'request.sweep': [['team-request-aggregates/due', 'dueAt'], ['team-request-aggregates/outbox', 'outboxAt']],
  'approval.sweep': [['team-approval-aggregates/due', 'dueAt'], ['team-approval-aggregates/outbox', 'outboxAt']],
  'expiry.sweep': [['team-expiry-aggregates/due', 'dueAt'], ['team-expiry-aggregates/outbox', 'outboxAt']],
  'provisioning.sweep': [
    ['team-provisioning-aggregates/due', 'dueAt'],
    ['team-provisioning-aggregates/outbox', 'outboxAt'],
    ['team-provisioning-aggregates/work', 'workAt'],
  ],
  'provisioning.reconcile': [['team-provisioning-aggregates/checks', 'checkAt'], ['team-provisioning-aggregates/work', 'workAt']],
  'audit.sweep': [
    ['team-audit-records/unchained', 'unchainedAt'],
    ['team-audit-activity/due', 'dueAt'],
    ['team-audit-activity/outbox', 'outboxAt'],
    ['team-audit-lifecycles/due', 'dueAt'],
    ['team-audit-lifecycles/outbox', 'outboxAt'],
  ],
};

/**
 * Whether a function that looks each minute would find nothing in its indexes, and so change nothing: then the run does without it, which
 * is most of what makes hours of quiet cheap. The provisioning sweep also looks at the dispatcher, which then has something due.
 */
export function sweepFindsNothing(store: Store, now: number, service: string, name: string): boolean {
  const indexes = minutely[`${service}.${name}`];
  if (indexes === undefined) return false;
  return indexes.every(([index, at]) => {
    for (const entry of store.map<Entry>(`dynamodb/index/${index}`).values()) if (Number(entry[at]?.N ?? 0) <= now + horizonMs) return false;
    return true;
  });
}
