import type { HypotheticalRequest } from '@team/contracts';
import type { Context } from '../../context.ts';
import { refused, type ExitCode } from '../../failure.ts';
import { expectationsIn, sayHeld, type Expectation } from '../../policies/expectations.ts';
import { explainAll } from '../../policies/explanation.ts';
import { readFolder, readNames, type NamesAndPlaces } from '../../policies/files.ts';
import { proposedOf } from '../../policies/proposed.ts';
import { readStanding } from '../../policies/standing.ts';

/** `team policies test` */
export async function test({ connection, say }: Context, file: string, folder: string | undefined): Promise<ExitCode> {
  const known = await readNames(connection);
  const expected = expectationsIn(file);
  const asked = expected.map((one) => hypothetical(one, known, file));
  const proposed = folder === undefined ? undefined : proposedOf(readFolder(folder, known.names), await readStanding(connection));
  return sayHeld({ say }, file, expected, await explainAll(connection, asked, proposed));
}

function hypothetical({ user, account, permissionSet, minutes, ticket, why, start, at, breakGlass, line }: Expectation, { names }: NamesAndPlaces, file: string): HypotheticalRequest {
  const found = names.accounts.idOf(account);
  if ('reason' in found) throw refused(`${file}:${line} ${found.reason}`);
  return { requester: user, accountId: found.id, permissionSet, durationMinutes: minutes, justification: why, ticketId: ticket, startAt: start, askedAt: at, breakGlass };
}
