import { delegationChangedV1, delegationRefusedV1, describe } from '@team/contracts';
import { factsIn } from '../../../story/src/facts.ts';
import type { RecordedEvent } from '../../../story/src/recorded-event.ts';
import type { DelegationOutcome, DelegationQuestion } from '../contract/index.ts';
import { same } from '../domain/same.ts';
import type { People, Services, SignedIn } from './ports.ts';
import { earlierMs, recordedSince } from './recorded-since.ts';
import { Refusal } from './refusal.ts';
import { standingOf } from './standing-of.ts';

interface ShowDelegationPorts {
  readonly people: People;
  readonly services: Pick<Services, 'audit'>;
  /** Account in which TEAM runs: what the services say comes from nowhere else. */
  readonly ownAccount: string;
  /** ms since the epoch */
  readonly now: () => number;
}

/** So many pages of the trail are looked through, and no longer back than this (ms): anybody may ask, and nobody is to read the trail of a month for it. */
const mostPages = 5;
const longestMs = 60 * 60_000;

/**
 * What became of a delegation of the person's own that was sent since a moment, as the trail has it: a refusal stands nowhere else. Of others'
 * delegations nothing is told, not even that they are there.
 *
 * @throws ERR_DELEGATION_UNKNOWN where nothing was said of it yet, or too long ago
 */
export async function showDelegation(delegationId: string, { since }: DelegationQuestion, person: SignedIn, { people, services, ownAccount, now }: ShowDelegationPorts): Promise<DelegationOutcome> {
  await standingOf(people, person, 'recent');
  const { events } = await recordedSince(services.audit, Math.max(now() - longestMs, Date.parse(since) - earlierMs), mostPages);
  let last: DelegationOutcome | undefined;
  for (const event of events) last = outcomeIn(event, delegationId, person, ownAccount) ?? last;
  if (last === undefined) throw new Refusal('unknown', 'ERR_DELEGATION_UNKNOWN', `nothing is known of a delegation ${delegationId} of yours yet; one sent a moment ago may take a few seconds`);
  return last;
}

/** What the approval service says there of that delegation of theirs. */
function outcomeIn(event: RecordedEvent, delegationId: string, { userId, userName }: SignedIn, ownAccount: string): DelegationOutcome | undefined {
  if (event.detailType !== delegationChangedV1.detailType && event.detailType !== delegationRefusedV1.detailType) return undefined;
  const facts = factsIn([event], ownAccount);
  const [changed] = facts(delegationChangedV1);
  const [refused] = facts(delegationRefusedV1);
  const text = describe(event.detailType, changed ?? refused);
  if (changed?.delegationId === delegationId && same(changed.delegator.userId, userId)) return { delegationId, outcome: changed.delegate === undefined ? 'withdrawn' : 'stands', text, reasons: [] };
  if (refused?.delegationId === delegationId && (same(refused.delegator, userName) || same(refused.delegator, userId))) return { delegationId, outcome: 'refused', text, reasons: refused.reasons };
  return undefined;
}
