import type { AcceptedRequest, Stretch } from './events.ts';
import { askerForAnother, type KnownTarget, type RequestFacts } from './facts.ts';
import type { KnownPerson } from './people.ts';
import type { RejectionReason } from './reasons.ts';

const minuteMs = 60_000;
/** How often one stretch of access may be prolonged, and how many grants its requests have together: all live in one item of expiry's. */
const maximumExtensions = 4;
const maximumGrants = 100;
const field = 'data.extends';

/** When a stretch of access begins, as policies see it, and how long it lasts whole. Times in ms since the epoch. */
export interface WholeStretch extends Stretch {
  readonly askedAt: number;
  readonly startsAt: number;
}

/**
 * The stretch that a request makes whole, if it extends one of the same person's: all of it is judged as if it had been asked for at its
 * beginning, by people, places and policies as they are now. What still runs began no longer ago than it may last.
 */
export function wholeStretch(facts: RequestFacts, durationMinutes: number): WholeStretch | undefined {
  const { extended = [], receivedAt, requester } = facts;
  const first = extended.at(-1);
  if (first === undefined || typeof requester !== 'object' || isOthers(facts, first) || notAskedForBy(facts) !== undefined) return undefined;
  const before = extended.reduce((sum, request) => sum + request.durationMinutes, 0);
  const askedAt = Date.parse(first.acceptedAt);
  const startsAt = Math.max(askedAt, startOf(first), receivedAt - before * minuteMs);
  return { requestId: first.requestId, durationMinutes: before + durationMinutes, askedAt, startsAt };
}

/** What policies see of when a request begins that makes such a stretch whole. */
export const beginningOf = (stretch: WholeStretch | undefined): Partial<Pick<WholeStretch, 'askedAt' | 'startsAt'>> => (stretch === undefined ? {} : { askedAt: stretch.askedAt, startsAt: stretch.startsAt });

/** Why a request cannot extend what it says it extends, as far as acceptances tell; whether that still runs is found out on admission. */
export function* aboutExtension(facts: RequestFacts): Generator<RejectionReason> {
  const { asked, extended = [], receivedAt } = facts;
  if (asked.extends === undefined) return;
  const [last] = extended;
  if (last === undefined) {
    yield { code: 'ERR_EXTENDS_UNKNOWN', message: `no request ${asked.extends} was accepted here`, field };
    return;
  }
  if (isOthers(facts, last)) {
    yield { code: 'ERR_EXTENDS_OTHERS', message: `request ${asked.extends} is somebody else's; only the same person's access can be extended`, field };
    return;
  }
  const stranger = notAskedForBy(facts);
  if (stranger !== undefined) {
    yield { code: 'ERR_EXTENDS_OTHERS', message: `request ${asked.extends} was not asked for by ${stranger.userName}; who asks for others extends what they asked for`, field };
    return;
  }
  if (asked.startAt !== undefined) {
    yield { code: 'ERR_EXTENDS_START', message: 'an extension goes on where the access ends; leave out the start', field: 'data.startAt' };
  }
  if (startOf(last) > receivedAt) {
    yield { code: 'ERR_EXTENDS_NOT_STARTED', message: `request ${asked.extends} begins at ${String(last.startAt)}; extend it when it runs`, field };
  }
  if (last.breakGlass !== (asked.breakGlass ?? false)) {
    yield { code: 'ERR_EXTENDS_BREAK_GLASS', message: 'only break glass extends break glass, and nothing else does; make a new request', field };
  }
  const grants = extended.reduce((sum, request) => sum + request.grants.length, facts.targets.length);
  if (extended.length > maximumExtensions || grants > maximumGrants) {
    const message = `access is extended at most ${maximumExtensions} times, with ${maximumGrants} grants in all; make a new request`;
    yield { code: 'ERR_EXTENDS_TOO_OFTEN', message, field };
  }
  yield* otherTargets(facts.targets, last);
}

/** Whether it is another person's access. */
const isOthers = ({ requester }: RequestFacts, of: AcceptedRequest): boolean => typeof requester === 'object' && of.requester.userId !== requester.userId;

/**
 * Who asks for somebody else, and did not ask for what is extended. As with whom they may ask for, an emitter is believed unless its registration
 * says which people may.
 */
function notAskedForBy(facts: RequestFacts): KnownPerson | undefined {
  const asker = facts.emitter?.mayAskForOthers === undefined ? undefined : askerForAnother(facts);
  return asker === undefined || facts.extended?.[0]?.askedBy?.userId === asker.userId ? undefined : asker;
}

function* otherTargets(targets: readonly KnownTarget[], { grants }: AcceptedRequest): Generator<RejectionReason> {
  for (const { asked, permissionSet } of targets) {
    // What AWS does not know is said anyway.
    if (permissionSet === undefined) continue;
    if (grants.some((grant) => grant.accountId === asked.accountId && grant.permissionSetArn === permissionSet.arn)) continue;
    const target = { accountId: asked.accountId, permissionSet: permissionSet.name };
    yield { code: 'ERR_EXTENDS_TARGET', message: 'the request that is to be extended is not for this target', field, target };
  }
}

const startOf = ({ startAt }: AcceptedRequest): number => (startAt === undefined ? 0 : Date.parse(startAt));
