import type { Actor } from '@team/contracts';
import type { AggregateDefinition } from '@team/runtime';
import type { AgreedChange } from './change.ts';

/** One policy, with the version that it has. A removed one keeps its version, so that nothing made against an older one comes through. */
export interface PolicyItem {
  readonly version: number;
  /** Absent: removed. */
  readonly policy?: unknown;
  /** The change that made it so; absent where it was laid down with the deployment. */
  readonly changeId?: string | undefined;
}

/** What a change has made of a policy. */
export interface ChangedPolicy {
  readonly changeId: string;
  readonly subject: string;
  readonly version: number;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly changedBy: Actor;
  readonly agreedBy?: Actor | undefined;
  readonly changedAt: string;
}

export type PolicyCommand = { readonly type: 'lay-down'; readonly agreed: AgreedChange };
export interface PolicyEvent {
  readonly type: 'PolicyLaidDown';
  readonly data: ChangedPolicy;
}

/** Lays a policy down, or nothing where this change did so before. */
export function decidePolicy(state: PolicyItem | undefined, { agreed }: PolicyCommand, now: number): readonly PolicyEvent[] {
  const { change, agreedBy } = agreed;
  if (state?.changeId === change.changeId) return [];
  const data = {
    changeId: change.changeId,
    subject: change.subject,
    version: (state?.version ?? 0) + 1,
    ...(state?.policy === undefined ? {} : { before: state.policy }),
    ...(change.after === undefined ? {} : { after: change.after }),
    changedBy: change.by,
    ...(agreedBy === undefined ? {} : { agreedBy }),
    changedAt: new Date(now).toISOString(),
  };
  return [{ type: 'PolicyLaidDown', data }];
}

/** The policy after a change. */
export function evolvePolicy(_state: PolicyItem | undefined, { data }: PolicyEvent): PolicyItem {
  return { version: data.version, ...(data.after === undefined ? {} : { policy: data.after }), changeId: data.changeId };
}

export interface CopyCommand {
  readonly type: 'copy';
  readonly version: number;
  /** Absent: removed. */
  readonly policy?: unknown;
}
interface CopyEvent {
  readonly type: 'PolicyCopied';
  readonly data: PolicyItem;
}

/** A copy of another service's policy, kept by the facts that it publishes. They come late and twice and in any order: the newest version stands. */
export const copyDefinition: AggregateDefinition<PolicyItem, CopyCommand, CopyEvent> = {
  decide(state, { version, policy }) {
    if ((state?.version ?? 0) >= version) return [];
    return [{ type: 'PolicyCopied', data: { version, ...(policy === undefined ? {} : { policy }) } }];
  },
  evolve: (_state, { data }) => data,
};
