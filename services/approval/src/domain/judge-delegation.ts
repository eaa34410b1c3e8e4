import type { Lookup } from './commands.ts';
import { maximumDelegationDays, maximumDelegations, standing, type Delegation, type DelegationEvent, type Delegations } from './delegations.ts';
import { refersTo, type Person, type Reason } from './people.ts';
import { iso } from './window.ts';

const dayMs = 24 * 60 * 60_000;

/** Somebody who is away wants another to decide in their place, or no longer. */
export interface DelegationSubmission {
  readonly delegationId: string;
  readonly delegator: string;
  /** Absent: it is withdrawn. */
  readonly delegate?: string | undefined;
  readonly from: string;
  readonly until: string;
  /** Of the intent, of who put it on the bus, and of which event it was: asking again later is another wish. */
  readonly digest: string;
  readonly source: string;
  readonly account: string;
}

export type DelegationCommand =
  | {
      readonly type: 'delegate';
      readonly submission: DelegationSubmission;
      /** Who put it on the bus; absent: nobody registered for it. */
      readonly emitter?: { readonly name: string; readonly mayDelegate: boolean };
      /** Looked up where the emitter may. */
      readonly people?: { readonly delegator: Lookup; readonly delegate?: Lookup };
    }
  | {
      readonly type: 'refuse-malformed-delegation';
      readonly delegationId: string;
      readonly delegator: string;
      readonly digest: string;
      readonly reasons: readonly Reason[];
    };

/** Lets somebody decide in another's place for a time, or says every reason why not; nothing, where the submission had its answer. */
export function judgeDelegation(state: Delegations | undefined, command: DelegationCommand, now: number): readonly DelegationEvent[] {
  const { digest } = command.type === 'delegate' ? command.submission : command;
  if (state?.answered.includes(digest) === true) return [];
  const answered: DelegationEvent = { type: 'DelegationAnswered', data: { digest, at: now } };
  const { delegationId, delegator: named } = command.type === 'delegate' ? command.submission : command;
  const refused = (reasons: readonly Reason[]): readonly DelegationEvent[] => [
    answered,
    { type: 'DelegationRefused.v1', data: { delegationId, delegator: named, reasons: reasons.slice(0, 20) } },
  ];
  if (command.type === 'refuse-malformed-delegation') return refused(command.reasons);

  const { submission, emitter, people } = command;
  if (emitter === undefined || !emitter.mayDelegate || people === undefined) return refused([notEntitled(submission, emitter)]);
  const others = standing(state?.delegations ?? [], now);
  const known = others.find((one) => one.delegationId === delegationId);
  const outcome = submission.delegate === undefined ? withdraw(submission, people.delegator, known, others) : begin(submission, people, known, others, now);
  if (outcome === 'as it is') return [answered];
  return 'reasons' in outcome ? refused(outcome.reasons) : [answered, { type: 'DelegationChanged.v1', data: { ...outcome.change, changedAt: iso(now) } }];
}

type Change = Omit<Extract<DelegationEvent, { type: 'DelegationChanged.v1' }>['data'], 'changedAt'>;
type Outcome = { readonly change: Change } | { readonly reasons: readonly Reason[] } | 'as it is';

/** Its delegator may be gone meanwhile, and is then who they were. One that is not known is taken for withdrawn before it came. */
function withdraw(
  { delegationId, delegator, from, until }: DelegationSubmission,
  found: Lookup,
  known: Delegation | undefined,
  others: readonly Delegation[],
): Outcome {
  if (known === undefined) {
    if ('problem' in found) return { reasons: [found.problem] };
    if (others.length >= maximumDelegations) return { reasons: [tooMany] };
    return { change: { delegationId, delegator: personOf(found.person), from: iso(Date.parse(from)), until: iso(Date.parse(until)) } };
  }
  const isTheirs =
    'person' in found ? found.person.userId === known.delegator.userId : found.problem.code === 'ERR_USER_UNKNOWN' && refersTo(delegator, known.delegator);
  if (!isTheirs) return { reasons: [idReused(delegationId)] };
  if (known.withdrawnAt !== undefined) return 'as it is';
  return { change: { delegationId, delegator: known.delegator, from: iso(known.from), until: iso(known.until) } };
}

function begin(
  submission: DelegationSubmission,
  people: { readonly delegator: Lookup; readonly delegate?: Lookup },
  known: Delegation | undefined,
  others: readonly Delegation[],
  now: number,
): Outcome {
  const { delegationId } = submission;
  const [from, until] = [Date.parse(submission.from), Date.parse(submission.until)];
  const delegator = 'person' in people.delegator ? people.delegator.person : undefined;
  const delegate = people.delegate !== undefined && 'person' in people.delegate ? people.delegate.person : undefined;
  if (known !== undefined) {
    const same = known.delegator.userId === delegator?.userId && known.delegateId === delegate?.userId && known.from === from && known.until === until;
    if (same && known.withdrawnAt === undefined) return 'as it is';
    return { reasons: [known.withdrawnAt === undefined ? idReused(delegationId) : withdrawn(delegationId)] };
  }
  const reasons = [
    ...personProblems('DELEGATOR', people.delegator),
    ...(people.delegate === undefined ? [] : personProblems('DELEGATE', people.delegate)),
    ...timeProblems(from, until, now),
    ...(delegator === undefined || delegate === undefined ? [] : chainProblems(delegator, delegate, others, { from, until })),
    ...(others.length >= maximumDelegations ? [tooMany] : []),
  ];
  if (reasons.length > 0 || delegator === undefined || delegate === undefined) return { reasons };
  return { change: { delegationId, delegator: personOf(delegator), delegate: personOf(delegate), from: iso(from), until: iso(until) } };
}

function personProblems(role: 'DELEGATOR' | 'DELEGATE', found: Lookup): readonly Reason[] {
  if ('problem' in found) return [found.problem];
  return found.person.enabled ? [] : [{ code: `ERR_${role}_DISABLED`, message: `${found.person.userName} is disabled in the identity store` }];
}

function timeProblems(from: number, until: number, now: number): readonly Reason[] {
  const reasons: Reason[] = [];
  if (until <= from) reasons.push({ code: 'ERR_DELEGATION_PERIOD', message: 'a delegation ends after it begins' });
  if (until <= now) reasons.push({ code: 'ERR_DELEGATION_OVER', message: 'the time for which somebody else should decide has passed' });
  if (until - from > maximumDelegationDays * dayMs)
    reasons.push({ code: 'ERR_DELEGATION_TOO_LONG', message: `nobody is stood in for longer than ${maximumDelegationDays} days at a time` });
  return reasons;
}

/** Whoever decides in another's place decides in nobody's further place: who asked whom can then be seen at a glance, and nothing goes round. */
function chainProblems(delegator: Person, delegate: Person, others: readonly Delegation[], time: { readonly from: number; readonly until: number }): readonly Reason[] {
  const meanwhile = others.filter((one) => one.withdrawnAt === undefined && one.from < time.until && time.from < one.until);
  const reasons: Reason[] = [];
  if (delegator.userId === delegate.userId) reasons.push({ code: 'ERR_DELEGATION_TO_SELF', message: `${delegator.userName} cannot stand in for themselves` });
  if (meanwhile.some((one) => one.delegator.userId === delegator.userId))
    reasons.push({ code: 'ERR_DELEGATION_OVERLAPS', message: `somebody else stands in for ${delegator.userName} in that time; withdraw that first` });
  if (meanwhile.some((one) => one.delegator.userId === delegate.userId))
    reasons.push({ code: 'ERR_DELEGATION_CHAIN', message: `${delegate.userName} is away in that time, too, and somebody stands in for them` });
  if (meanwhile.some((one) => one.delegateId === delegator.userId))
    reasons.push({ code: 'ERR_DELEGATION_CHAIN', message: `${delegator.userName} stands in for somebody in that time, which cannot be passed on` });
  return reasons;
}

function notEntitled({ source, account }: DelegationSubmission, emitter: { readonly name: string } | undefined): Reason {
  if (emitter === undefined) return { code: 'ERR_EMITTER_UNKNOWN', message: `${source} in account ${account} is not registered to pass on delegations` };
  return { code: 'ERR_NOT_ENTITLED', message: `${emitter.name} neither authenticates people nor may administer` };
}

const tooMany: Reason = { code: 'ERR_TOO_MANY_DELEGATIONS', message: `${maximumDelegations} delegations stand already; withdraw those that nobody needs` };
const idReused = (delegationId: string): Reason => ({ code: 'ERR_DELEGATION_ID_REUSED', message: `${delegationId} is another delegation; choose a new id` });
const withdrawn = (delegationId: string): Reason => ({ code: 'ERR_DELEGATION_WITHDRAWN', message: `${delegationId} was withdrawn; delegate again under a new id` });

const personOf = ({ userId, userName, displayName }: Person): Person => ({ userId, userName, ...(displayName === undefined ? {} : { displayName }) });
