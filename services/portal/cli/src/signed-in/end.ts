import { isFinal } from '@team/contracts';
import type { RequestDetail } from '../../../api/src/contract/index.ts';
import { exitCodes, refused, type ExitCode } from '../failure.ts';
import { targetText } from '../print/outcome-lines.ts';
import { counted, printable, shortId } from '../print/printable.ts';
import { meantRequest } from './meant-request.ts';
import type { PortalContext } from './portal-context.ts';
import { answerOf, refusalSince } from './answer-of.ts';
import { signedIn } from './session.ts';

export interface EndOptions {
  readonly grant?: readonly string[];
  readonly reason?: string;
}

type Grant = RequestDetail['grants'][number];

/** Takes back a request that waits, or ends its access now, as who is signed in. */
export async function endAtPortal(context: PortalContext, reference: string, { grant: meant, reason }: EndOptions): Promise<ExitCode> {
  const portal = await signedIn(context);
  const requestId = await meantRequest(portal, reference, ['mine', 'active', 'to-approve']);
  const [{ userName }, before] = await Promise.all([portal.me(), portal.request(requestId)]);
  const unknown = meant?.find((grantId) => before.grants.every((known) => known.grantId !== grantId));
  if (unknown !== undefined) throw refused(`request ${requestId} has no grant ${printable(unknown)}`);
  const running = before.grants.filter((grant) => goesOn(grant) && (meant?.includes(grant.grantId) ?? true));
  if (isFinal(before.row.status) || (before.grants.length > 0 && running.length === 0)) {
    context.say(`There was nothing left to end: ${before.row.status}.`);
    return exitCodes.ok;
  }
  await portal.end(requestId, { ...(meant === undefined ? {} : { grantIds: [...meant] }), ...(reason === undefined ? {} : { reason }) });
  const ids = new Set(running.map(({ grantId }) => grantId));
  const isOver = ({ row, grants }: RequestDetail): boolean => (ids.size === 0 ? isFinal(row.status) : !grants.some((grant) => ids.has(grant.grantId) && goesOn(grant)));
  const refusal = (seen: RequestDetail) => refusalSince(before, seen, { types: ['CancellationRefused', 'AccessRevocationRefused'], userName });
  const after = await answerOf(context, portal, before, (seen) => isOver(seen) || refusal(seen) !== undefined);
  if (!isOver(after)) throw refused(printable(`not ended: ${refusal(after)}`));
  if (ids.size === 0) context.say(`Request ${shortId(requestId)} is ${after.row.status}.`);
  else context.say(`${counted(ids.size, 'grant')} ended: ${after.grants.flatMap((grant) => (ids.has(grant.grantId) ? [targetText(grant)] : [])).join(', ')}.`);
  return exitCodes.ok;
}

const goesOn = ({ status }: Grant): boolean => !isFinal(status) && status !== 'ending';
