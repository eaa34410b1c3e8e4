import type { Command } from 'commander';
import type { GrantDetail } from '../../../api/src/contract/index.ts';
import { refused, type ExitCode } from '../failure.ts';
import { shortId } from '../print/printable.ts';
import { askFor } from './ask-for.ts';
import { meantRequest } from './meant-request.ts';
import { askableNamed } from './named-targets.ts';
import { numberFrom1 } from '../options.ts';
import type { Portal } from './portal.ts';
import type { PerformAtPortal, PortalContext } from './portal-context.ts';
import { signedIn } from './session.ts';

interface ExtendOptions {
  readonly minutes: number;
  readonly why?: string;
  readonly ticket?: string;
  readonly wait?: true;
  readonly json?: true;
}

/** `team extend`: has access go on where it would end. */
export function extendCommand(program: Command, perform: PerformAtPortal): void {
  program
    .command('extend')
    .description('have access that is there go on for longer')
    .argument('<request>', 'id of the request, or its first eight characters or more')
    .requiredOption('--minutes <n>', 'how much longer', numberFrom1)
    .option('--why <text>', 'the justification that approvers read; without it that of the request')
    .option('--ticket <id>', 'id in the ticket system; without it that of the request')
    .option('--wait', 'go on until it is extended, or will not be')
    .option('--json', 'the extension, a request of its own, as one JSON document')
    .action((reference: string, options: ExtendOptions) => perform((context) => extend(context, reference, options)));
}

async function extend(context: PortalContext, reference: string, { minutes, why, ticket, wait, json }: ExtendOptions): Promise<ExitCode> {
  const portal = await signedIn(context);
  const requestId = await meantRequest(portal, reference, ['mine']);
  const { row, grants, may } = await portal.request(requestId);
  const active = grants.filter(({ status }) => status === 'active');
  if (!may.extend) throw refused(active.length === 0 ? `request ${shortId(requestId)} is ${row.status}; there is no access to extend` : `only who asked for request ${shortId(requestId)}, or has its access, extends it`);
  const targets = await Promise.all(active.map((grant) => askableOf(portal, grant)));
  if (row.breakGlass) context.remark('It is break glass, and goes on as break glass: it is reviewed afterwards.');
  const justification = why ?? row.justification;
  const ticketId = ticket ?? row.ticket;
  return askFor(
    context,
    portal,
    {
      requestId: context.newId(),
      extends: requestId,
      targets: targets.map(({ accountId, permissionSetArn }) => ({ accountId, permissionSetArn })),
      durationMinutes: minutes,
      ...(justification === undefined ? {} : { justification }),
      ...(ticketId === undefined ? {} : { ticket: ticketId }),
      // Break glass is extended only by break glass, and by nothing that is less.
      ...(row.breakGlass ? { breakGlass: true } : {}),
    },
    { targets, wait: wait === true, json: json === true },
  );
}

/** A grant says the name of its permission set, and not its ARN, by which one asks. */
const askableOf = (portal: Portal, { accountId, permissionSetName }: GrantDetail) => askableNamed(portal, { account: accountId, permissionSet: permissionSetName });
