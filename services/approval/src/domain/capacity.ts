import type { KnownPerson, Person, Reason } from './people.ts';
import { mayDecide, notCountedYet, type PolicyProgress } from './progress.ts';
import type { AcceptedRequest, Pending } from './state.ts';

/** Somebody who is away, as AWS knows them at the moment of asking, and when (ms) the person who decides stands in for them. */
export interface Absence {
  readonly delegator: KnownPerson;
  readonly from: number;
  readonly until: number;
}

/** In what capacity somebody decides: in their own right or in one other's place, and the chains for which that counts. */
export interface Capacity {
  readonly policies: readonly PolicyProgress[];
  readonly onBehalfOf?: KnownPerson;
}

type Asked = Pick<AcceptedRequest, 'requester' | 'askedBy'>;

/** Whether somebody is among those who asked. Ids are compared: a name in other letters is the same person, and one given to another is not. */
export const asksFor = ({ userId }: Pick<Person, 'userId'>, { requester, askedBy }: Asked): boolean =>
  userId === requester.userId || userId === askedBy?.userId;

/**
 * A decision counts in one capacity: in the decider's own right wherever they have one, else in the place of the first absent person who
 * is an approver of a stage that is open. A no may come from somebody who said yes before: they may think again.
 */
export function capacityOf(
  { request, policies }: Pending,
  decider: KnownPerson,
  absences: readonly Absence[],
  verdict: 'approve' | 'deny',
  now: number,
): Capacity {
  const openFor = (who: KnownPerson, ...people: readonly KnownPerson[]) => {
    const open = mayDecide(policies, who);
    return verdict === 'deny' ? open : notCountedYet(open, people);
  };
  const own = openFor(decider, decider);
  if (own.length > 0) return { policies: own };
  for (const delegator of stoodInFor(absences, now)) {
    if (asksFor(delegator, request)) continue;
    const theirs = openFor(delegator, delegator, decider);
    if (theirs.length > 0) return { policies: theirs, onBehalfOf: delegator };
  }
  return { policies: [] };
}

/** Why somebody's word does not count for any target: they or whom they stand in for asked, have decided, or are not asked. */
export function capacityProblems(
  { request, policies }: Pending,
  decider: KnownPerson,
  absences: readonly Absence[],
  capacity: Capacity,
  now: number,
): readonly Reason[] {
  const { userName } = decider;
  const reasons: Reason[] = [];
  if (asksFor(decider, request)) {
    reasons.push({
      code: 'ERR_SELF_APPROVAL',
      message: `${userName} asked for this; nobody decides on what they asked for themselves or for another`,
    });
  }
  if (capacity.policies.length > 0) return reasons;
  const delegators = stoodInFor(absences, now);
  const asking = delegators.find((delegator) => asksFor(delegator, request) && mayDecide(policies, delegator).length > 0);
  if (asking !== undefined && !asksFor(decider, request)) {
    reasons.push({ code: 'ERR_SELF_APPROVAL', message: `${asking.userName} asked for this; nobody decides in their place either` });
  }
  const decided = [decider, ...delegators].find((who) => notCountedYet(policies, [who]).length < policies.length);
  reasons.push(
    decided === undefined
      ? { code: 'ERR_NOT_AN_APPROVER', message: `${userName} is not among those who are asked now, for any target of the request` }
      : { code: 'ERR_ALREADY_DECIDED', message: `${decided.userName} has decided; one person counts once, whatever stages they belong to` },
  );
  return reasons;
}

/** Those in whose place somebody may decide at a moment (ms). Whoever is disabled has nobody stand in for them. */
const stoodInFor = (absences: readonly Absence[], now: number): readonly KnownPerson[] =>
  absences.filter(({ delegator, from, until }) => delegator.enabled && from <= now && now < until).map(({ delegator }) => delegator);
