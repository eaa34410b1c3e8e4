import type { Store } from '../../infra/local/src/cloud/store.ts';

interface Entry {
  readonly dueAt?: { readonly N?: string };
  readonly workAt?: { readonly N?: string };
  readonly checkAt?: { readonly N?: string };
  readonly unchainedAt?: { readonly N?: string };
}

/** Beyond what a sweep looks ahead (ms). */
const horizonMs = 130_000;
const minutely: Readonly<Record<string, readonly string[]>> = {
  'request.sweep': ['team-request-aggregates/due', 'team-request-aggregates/outbox'],
  'approval.sweep': ['team-approval-aggregates/due', 'team-approval-aggregates/outbox'],
  'expiry.sweep': ['team-expiry-aggregates/due', 'team-expiry-aggregates/outbox'],
  'provisioning.sweep': ['team-provisioning-aggregates/due', 'team-provisioning-aggregates/outbox', 'team-provisioning-aggregates/work'],
  'provisioning.reconcile': ['team-provisioning-aggregates/checks'],
  'audit.sweep': ['team-audit-records/unchained'],
};

/**
 * Whether a function that looks each minute would find nothing in its indexes, and so change nothing: then the run does without it, which
 * is most of what makes hours of quiet cheap. The provisioning sweep also looks at the dispatcher, which then has something due.
 */
export function sweepFindsNothing(store: Store, now: number, service: string, name: string): boolean {
  const indexes = minutely[`${service}.${name}`];
  if (indexes === undefined) return false;
  return indexes.every((index) => {
    for (const { dueAt, workAt, checkAt, unchainedAt } of store.map<Entry>(`dynamodb/index/${index}`).values()) {
      const at = Number((dueAt ?? workAt ?? checkAt ?? unchainedAt)?.N ?? 0);
      if (at <= now + horizonMs) return false;
    }
    return true;
  });
}
