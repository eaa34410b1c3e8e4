import type { Explained } from '../../../../api/src/contract/index.ts';
import { misused, refused, type ExitCode } from '../../failure.ts';
import { expectationsIn, sayHeld, type Expectation } from '../../policies/expectations.ts';
import { problemCode } from '../http-call.ts';
import type { Portal } from '../portal.ts';
import type { PortalContext } from '../portal-context.ts';
import { signedIn } from '../session.ts';

/** So many are asked about at a time: each is judged for itself. */
const atOnce = 4;

/** Holds the policies in force to the expectations of a file, by what the portal explains of each. */
export async function testAtPortal(context: PortalContext, file: string): Promise<ExitCode> {
  const portal = await signedIn(context);
  const expected = expectationsIn(file);
  const dated = expected.find(({ at }) => at !== undefined);
  if (dated !== undefined) throw misused(`${file}:${dated.line} "at" is not for the portal (ERR_NOT_AT_THE_PORTAL), which judges as of now. Run it with AWS credentials: npx team policies --aws test ${file}`);
  const told: Explained[] = [];
  for (let from = 0; from < expected.length; from += atOnce) told.push(...(await Promise.all(expected.slice(from, from + atOnce).map((one) => explained(portal, one, file)))));
  return sayHeld(context, file, expected, told);
}

async function explained(portal: Portal, { user, account, permissionSet, minutes, ticket, why, start, breakGlass, line }: Expectation, file: string): Promise<Explained> {
  try {
    return await portal.explain({
      ...{ person: user, account, permissionSet, durationMinutes: minutes, justification: why },
      ...(ticket === undefined ? {} : { ticketId: ticket }),
      ...(start === undefined ? {} : { startAt: start }),
      ...(breakGlass === undefined ? {} : { breakGlass }),
    });
  } catch (error) {
    if (error instanceof Error && problemCode(error) === 'ERR_ACCOUNT_UNKNOWN') throw refused(`${file}:${line} ${error.message}`, error);
    throw error;
  }
}
