import { directoryNames } from '@team/policies';
import { answerIn, type Answer } from '../../../policies/src/answer.ts';
import { withNames } from '../../../policies/src/with-names.ts';
import type { ChangeOutcome, ChangeQuestion } from '../contract/index.ts';
import { requireReader } from './governing.ts';
import { policiesInForce } from './policies-in-force.ts';
import type { People, Places, Services, SignedIn } from './ports.ts';
import { earlierMs, recordedSince } from './recorded-since.ts';
import { Refusal } from './refusal.ts';

interface ShowChangePorts {
  readonly people: People;
  readonly places: Places;
  readonly services: Pick<Services, 'audit' | 'requestPolicies' | 'approverPolicies'>;
  /** Account in which TEAM runs: what the services say comes from nowhere else. */
  readonly ownAccount: string;
}

/** So many pages of the trail are looked through: the answer comes within seconds, and nobody is to read the trail of a month for it. */
const mostPages = 10;

const outcomes = { changed: 'in-force', proposed: 'waits', refused: 'refused' } as const satisfies Record<Answer['outcome'], ChangeOutcome['outcome']>;

/**
 * What became of a change that was submitted a moment ago, or of what the person decided on it at the moment `decided`, as the trail has it: a
 * refusal stands nowhere else.
 *
 * @throws ERR_AUDITORS_ONLY, ERR_CHANGE_UNKNOWN where nothing was said of it yet, or too long ago
 */
export async function showChange(changeId: string, { decided }: ChangeQuestion, person: SignedIn, { people, places, services, ownAccount }: ShowChangePorts): Promise<ChangeOutcome> {
  await requireReader(person, { people });
  const begin = decided === undefined ? timeIn(changeId) : Date.parse(decided);
  const decider = decided === undefined ? undefined : person.userName;
  let last: Answer | undefined;
  const { events, goesOn } = await recordedSince(services.audit, begin - earlierMs, mostPages);
  // What is in force stays so, whatever is decided on it in the same second.
  for (const event of events) if (last?.outcome !== 'changed') last = answerIn(event, changeId, ownAccount, decider) ?? last;
  // Where the trail goes on, more may have been said of it.
  if (last?.outcome === 'proposed' && goesOn && !(await stillWaits(changeId, services))) last = undefined;
  if (last === undefined) throw new Refusal('unknown', 'ERR_CHANGE_UNKNOWN', `nothing is known of a change ${changeId} yet; one submitted a moment ago may take a few seconds`);
  const names = directoryNames(await places.organization());
  const reasons = last.reasons.map(({ code, message }) => ({ code, message: withNames(message, names) }));
  return { changeId, outcome: outcomes[last.outcome], text: withNames(last.text, names), reasons };
}

async function stillWaits(changeId: string, services: Pick<Services, 'requestPolicies' | 'approverPolicies'>): Promise<boolean> {
  const { proposals } = await policiesInForce(services);
  return proposals.some(({ change }) => change.changeId === changeId);
}

/** When an id was drawn (ms): the first 48 bits of a UUID of version 7, RFC 9562. */
const timeIn = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
