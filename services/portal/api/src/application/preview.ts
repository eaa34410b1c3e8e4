import type { Explanation, HypotheticalApproval, HypotheticalRequest } from '@team/contracts';
import type { Ask, Preview } from '../contract/index.ts';
import { requireMayAskFor } from './may-ask-for.ts';
import { asksPeople, outlookOf } from './outlook.ts';
import type { Named, People, Services, SignedIn } from './ports.ts';
import { standingOf } from './standing-of.ts';

interface PreviewPorts {
  readonly people: People;
  readonly services: Pick<Services, 'explain' | 'approversOf'>;
  readonly mayAskForOthers: Named;
}

type Target = Ask['targets'][number];

/** What one question may ask at most: `requestQuestion` and `approvalQuestion` in the contracts. */
const mostExplained = 100;
const mostApproved = 20;

const unanswered: Explanation = { allowed: false, reasons: [{ code: 'ERR_NOT_EXPLAINED', message: 'nothing was answered about this; try again' }], warnings: [], denying: [], considered: [] };

/** What would become of an ask, by those who will judge it; nothing is put on the bus. Throws `ERR_MAY_NOT_ASK_FOR_OTHERS`: what others may have is told to nobody else. */
export async function preview(asked: Ask, person: SignedIn, { people, services, mayAskForOthers }: PreviewPorts): Promise<Preview> {
  requireMayAskFor(asked.for, person, await standingOf(people, person, 'recent'), mayAskForOthers);
  const requester = asked.for ?? person.userName;
  const explanations = await inChunks(asked.targets.map((target) => hypothetical(asked, target, requester)), mostExplained, services.explain);
  const explained = asked.targets.map((target, place) => ({ target, explanation: explanations[place] ?? unanswered }));
  const waiting = explained.flatMap(({ target, explanation }) => (asksPeople(explanation) ? [{ requester, ...target } satisfies HypotheticalApproval] : []));
  const answers = (await inChunks(waiting, mostApproved, services.approversOf))[Symbol.iterator]();
  const targets = explained.map(({ target: { accountId, permissionSetArn }, explanation }) => ({ accountId, permissionSetArn, ...outlookOf(explanation, asksPeople(explanation) ? answers.next().value : undefined) }));
  return { allowed: targets.every(({ allowed }) => allowed), targets };
}

function hypothetical(asked: Ask, { accountId, permissionSetArn }: Target, requester: string): HypotheticalRequest {
  const { durationMinutes, startAt, ticket, justification, breakGlass } = asked;
  return {
    requester,
    accountId,
    permissionSet: permissionSetArn,
    durationMinutes,
    ...(startAt === undefined ? {} : { startAt }),
    ...(ticket === undefined ? {} : { ticketId: ticket }),
    ...(justification === undefined ? {} : { justification }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
  };
}

/** Asks in questions of a size that the contract takes, all at once, and gives the answers in order. */
async function inChunks<Asked, Answer>(all: readonly Asked[], size: number, question: (asked: readonly Asked[]) => Promise<readonly Answer[]>): Promise<readonly Answer[]> {
  const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, place) => all.slice(place * size, (place + 1) * size));
  return (await Promise.all(chunks.map((chunk) => question(chunk)))).flat();
}
