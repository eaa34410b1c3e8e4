import { exitCodes, misused, type ExitCode } from '../failure.ts';
import { counted, shortId } from '../print/printable.ts';
import { askFor, awaitAccess, tell } from './ask-for.ts';
import { isForAnother } from './for-another.ts';
import { askableNamed } from './named-targets.ts';
import type { Portal } from './portal.ts';
import type { PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';
import { someRequests } from './some-requests.ts';
import { standingAt, whatToDo, type Place, type Standing } from './standing.ts';

export interface EnsureOptions {
  readonly account: string;
  readonly permissionSet: string;
  readonly minutes: number;
  readonly remaining?: number;
  readonly why?: string;
  readonly ticket?: string;
  readonly json?: true;
}

/** `team ensure`: has access be there, whatever it takes; twice is as good as once. */
export async function ensure(context: PortalContext, options: EnsureOptions): Promise<ExitCode> {
  const { minutes, why, ticket, json = false } = options;
  const remaining = options.remaining ?? Math.ceil(minutes / 2);
  if (remaining > minutes) throw misused('--remaining is more than --minutes: it would be extended each time');
  const portal = await signedIn(context);
  const target = await askableNamed(portal, options);
  const todo = whatToDo(await standingOf(portal, { accountId: target.accountId, permissionSetName: target.permissionSetName }), { minutes, remaining });
  switch (todo.what) {
    case 'nothing':
      context.remark(`Nothing to do: ${counted(todo.left, 'minute')} left.`);
      tell(context, todo.detail, { json });
      return exitCodes.ok;
    case 'wait':
      context.remark(`Asked for already: request ${shortId(todo.requestId)}.`);
      return awaitAccess(context, portal, todo.requestId, { json });
    case 'ask':
      if (todo.extends !== undefined) context.remark(`It ends too soon, in ${counted(todo.left, 'minute')}: request ${shortId(todo.extends)} is extended.`);
      return askFor(
        context,
        portal,
        {
          requestId: context.newId(),
          targets: [{ accountId: target.accountId, permissionSetArn: target.permissionSetArn }],
          durationMinutes: todo.minutes,
          ...(why === undefined ? {} : { justification: why }),
          ...(ticket === undefined ? {} : { ticket }),
          ...(todo.extends === undefined ? {} : { extends: todo.extends }),
        },
        { targets: [target], wait: true, json },
      );
  }
}

/** Statuses in which access is there, or may come. */
const open = ['active', 'activating', 'scheduled', 'pending'] as const;
/** Of each, the newest: nobody has more of one place. */
const mostLooked = 200;

/** What the person has of one place, or has asked for. */
async function standingOf(portal: Portal, place: Place): Promise<Standing> {
  const [me, ...pages] = await Promise.all([portal.me(), ...open.map((status) => someRequests(portal, { list: 'mine', status }, mostLooked))]);
  // Mine is also what I asked for somebody else.
  const rows = pages.flatMap(({ items }) => items).filter((row) => !isForAnother(row, me) && row.targets.some((target) => isAt(target, place)));
  const ids = new Set(rows.map(({ requestId }) => requestId));
  return standingAt(await Promise.all([...ids].map((requestId) => portal.request(requestId))), place, me.now);
}

const isAt = (target: { readonly accountId?: string | undefined; readonly permissionSetName: string }, place: Place): boolean =>
  target.accountId === place.accountId && target.permissionSetName === place.permissionSetName;
