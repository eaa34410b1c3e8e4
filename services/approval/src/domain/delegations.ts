import type { Person } from './people.ts';

/** Somebody who is away, and who decides in their place. Times are milliseconds since the epoch. */
export interface Delegation {
  readonly delegationId: string;
  readonly delegator: Person;
  /** User id; absent where it was withdrawn before it was heard of. */
  readonly delegateId?: string | undefined;
  readonly from: number;
  /** The first moment at which it does not hold any more. */
  readonly until: number;
  /** Since when nobody decides in the delegator's place any more; kept for a while, so that what comes late does not begin it again. */
  readonly withdrawnAt?: number | undefined;
}

/** All delegations that are not over, in one place: no two can be judged at once, each unaware of the other. */
export interface Delegations {
  readonly delegations: readonly Delegation[];
  /** Digests of the last submissions that had their answer, oldest first. */
  readonly answered: readonly string[];
}

/** Delegations that stand at once. They are one item, of which DynamoDB takes 400 KB, and are read with each decision. */
export const maximumDelegations = 400;
/** Longest time away. */
export const maximumDelegationDays = 90;
/** Submissions remembered by digest; an older one that comes again is judged again, which does no harm. */
const answersRemembered = 100;
/** Longer than an event can be on its way: EventBridge tries for a day, a queue keeps for fourteen. */
const withdrawnForMs = 15 * 24 * 60 * 60_000;

/** What can happen to delegations. */
export type DelegationEvent =
  | {
      readonly type: 'DelegationChanged.v1';
      readonly data: {
        readonly delegationId: string;
        readonly delegator: Person;
        readonly delegate?: Person;
        readonly from: string;
        readonly until: string;
        readonly changedAt: string;
      };
    }
  | {
      readonly type: 'DelegationRefused.v1';
      readonly data: { readonly delegationId: string; readonly delegator: string; readonly reasons: readonly { readonly code: `ERR_${string}`; readonly message: string }[] };
    }
  /** A submission has had its answer, at a moment (ms); what is over by then is forgotten. */
  | { readonly type: 'DelegationAnswered'; readonly data: { readonly digest: string; readonly at: number } };

/** All delegations after an event. */
export function evolveDelegations(state: Delegations | undefined, event: DelegationEvent): Delegations {
  const { delegations, answered } = state ?? { delegations: [], answered: [] };
  switch (event.type) {
    case 'DelegationAnswered': {
      const { digest, at } = event.data;
      return { delegations: standing(delegations, at), answered: [...answered, digest].slice(-answersRemembered) };
    }
    case 'DelegationChanged.v1': {
      const { delegationId, delegator, delegate, from, until, changedAt } = event.data;
      const before = delegations.find((one) => one.delegationId === delegationId);
      const { userId, userName } = delegator;
      const delegateId = delegate?.userId ?? before?.delegateId;
      const after: Delegation = {
        delegationId,
        delegator: { userId, userName },
        ...(delegateId === undefined ? {} : { delegateId }),
        from: Date.parse(from),
        until: Date.parse(until),
        ...(delegate === undefined ? { withdrawnAt: Date.parse(changedAt) } : {}),
      };
      return { delegations: [...delegations.filter((one) => one !== before), after], answered };
    }
    case 'DelegationRefused.v1':
      return { delegations, answered };
  }
}

/** Those that are not over at a moment (ms), and those withdrawn of late. */
export function standing(delegations: readonly Delegation[], at: number): readonly Delegation[] {
  return delegations.filter(({ until, withdrawnAt }) => at < until && (withdrawnAt === undefined || at < withdrawnAt + withdrawnForMs));
}

/** Delegations that stand at a moment (ms), now or later, in which this person is away or decides for another; the earliest first. */
export function delegationsOf(state: Delegations | undefined, userId: string, at: number): readonly (Delegation & { readonly delegateId: string })[] {
  return standing(state?.delegations ?? [], at)
    .flatMap((one) => (one.withdrawnAt === undefined && one.delegateId !== undefined ? [{ ...one, delegateId: one.delegateId }] : []))
    .filter(({ delegator, delegateId }) => delegator.userId === userId || delegateId === userId)
    .toSorted((a, b) => a.from - b.from);
}

/** Delegations under which this person decides in another's place, now or later; the earliest first, so that it is the first of them for whom one decision counts. */
export function delegatedTo(state: Delegations | undefined, userId: string): readonly Delegation[] {
  return (state?.delegations ?? []).filter(({ delegateId, withdrawnAt }) => delegateId === userId && withdrawnAt === undefined).toSorted((a, b) => a.from - b.from);
}
