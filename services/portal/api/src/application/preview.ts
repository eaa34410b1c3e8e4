import type { Explanation, HypotheticalApproval, HypotheticalRequest } from '@team/contracts';
import type { Ask, Preview } from '../contract/index.ts';
import { forWhom } from './for-whom.ts';
import { requireMayAskFor } from './may-ask-for.ts';
import { asksPeople, outlookOf } from './outlook.ts';
import type { Named, People, Places, RequestViews, Services, SignedIn } from './ports.ts';
import { standingOf } from './standing-of.ts';
import { mostTargets, takenApart, type NamedTarget } from './taken-apart.ts';

interface PreviewPorts {
  readonly people: People;
  readonly views: Pick<RequestViews, 'find'>;
  readonly places: Pick<Places, 'accounts'>;
  readonly services: Pick<Services, 'explain' | 'approversOf' | 'requestPolicies'>;
  readonly mayAskForOthers: Named;
}

/** Who is to have it, and who asks for them where that is somebody else. */
type Whose = Pick<HypotheticalApproval, 'requester' | 'askedBy'>;

/** What one question may ask at most: `requestQuestion` and `approvalQuestion` in the contracts. */
const mostExplained = 100;
const mostApproved = 20;

const unanswered: Explanation = { allowed: false, reasons: [{ code: 'ERR_NOT_EXPLAINED', message: 'nothing was answered about this; try again' }], warnings: [], denying: [], considered: [] };

/** What would become of an ask, by those who will judge it; nothing is put on the bus. Throws `ERR_MAY_NOT_ASK_FOR_OTHERS`: what others may have is told to nobody else; and `ERR_REQUEST_UNKNOWN` as `forWhom` does. */
export async function preview(asked: Ask, person: SignedIn, ports: PreviewPorts): Promise<Preview> {
  const { people, views, services, mayAskForOthers } = ports;
  const [other, standing] = await Promise.all([forWhom(asked, person, views), standingOf(people, person, 'recent')]);
  requireMayAskFor(other, person, standing, mayAskForOthers);
  const whose: Whose = other === undefined ? { requester: person.userName } : { requester: other, askedBy: person.userId };
  const { targets, reasons } = await targetsOf(asked, ports);
  // Nobody is asked about what no request could hold.
  const judged = targets.length > mostTargets ? [] : await outlooksOf(asked, targets, whose, services);
  return { allowed: reasons.length === 0 && judged.every(({ allowed }) => allowed), targets: judged, ...(reasons.length === 0 ? {} : { reasons }) };
}

async function targetsOf({ targets }: Ask, { places, services }: PreviewPorts): Promise<ReturnType<typeof takenApart>> {
  if (!targets.some((target) => 'bundle' in target)) return takenApart(targets, [], []);
  const [{ bundles }, accounts] = await Promise.all([services.requestPolicies('recent'), places.accounts()]);
  return takenApart(targets, bundles.map(({ policy }) => policy), accounts);
}

async function outlooksOf(asked: Ask, targets: readonly NamedTarget[], whose: Whose, services: PreviewPorts['services']): Promise<Preview['targets']> {
  const explanations = await inChunks(targets.map((target) => hypothetical(asked, target, whose)), mostExplained, services.explain);
  const explained = targets.map((target, place) => ({ target, explanation: explanations[place] ?? unanswered }));
  const waiting = explained.flatMap(({ target: { accountId, permissionSetArn }, explanation }) => (asksPeople(explanation) ? [{ ...whose, accountId, permissionSetArn } satisfies HypotheticalApproval] : []));
  const answers = (await inChunks(waiting, mostApproved, services.approversOf))[Symbol.iterator]();
  return explained.map(({ target, explanation }) => ({ ...target, ...outlookOf(explanation, asksPeople(explanation) ? answers.next().value : undefined) }));
}

function hypothetical(asked: Ask, { accountId, permissionSetArn }: NamedTarget, whose: Whose): HypotheticalRequest {
  const { durationMinutes, startAt, ticket, justification, breakGlass, extends: extended } = asked;
  return {
    ...whose,
    accountId,
    permissionSet: permissionSetArn,
    durationMinutes,
    ...(startAt === undefined ? {} : { startAt }),
    ...(ticket === undefined ? {} : { ticketId: ticket }),
    ...(justification === undefined ? {} : { justification }),
    ...(breakGlass === undefined ? {} : { breakGlass }),
    ...(extended === undefined ? {} : { extends: extended }),
  };
}

/** Asks in questions of a size that the contract takes, all at once, and gives the answers in order. */
async function inChunks<Asked, Answer>(all: readonly Asked[], size: number, question: (asked: readonly Asked[]) => Promise<readonly Answer[]>): Promise<readonly Answer[]> {
  const chunks = Array.from({ length: Math.ceil(all.length / size) }, (_, place) => all.slice(place * size, (place + 1) * size));
  return (await Promise.all(chunks.map((chunk) => question(chunk)))).flat();
}
