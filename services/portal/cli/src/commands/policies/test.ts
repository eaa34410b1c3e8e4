import type { HypotheticalRequest } from '@team/contracts';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import type { PerformEitherWay } from '../../either-way.ts';
import { refused, type ExitCode } from '../../failure.ts';
import { expectationsIn, sayHeld, type Expectation } from '../../policies/expectations.ts';
import { explainAll } from '../../policies/explanation.ts';
import { readFolder, readNames, type NamesAndPlaces } from '../../policies/files.ts';
import { proposedOf } from '../../policies/proposed.ts';
import { readStanding } from '../../policies/standing.ts';
import { notAtPortal } from '../../signed-in/not-at-portal.ts';
import { testAtPortal } from '../../signed-in/policies/test.ts';

/** `team policies test`. */
export function testCommand(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('test')
    .description('hold policies to the expectations in a YAML file; for CI')
    .argument('<file>')
    .option('--policies <folder>', 'but at the portal: test the files of this folder; without it the policies in force')
    .action((file: string, options: { readonly policies?: string }, command: Command) =>
      perform(command, { atPortal: options.policies === undefined ? (context) => testAtPortal(context, file) : ofFiles, atLocalRun: (context) => test(context, file, options) }),
    );
}

const ofFiles = notAtPortal({ command: 'policies test --policies', needs: 'judgement by policies that are only thought of', atAws: 'policies --aws test --policies' });

async function test({ connection, say }: Context, file: string, { policies }: { readonly policies?: string }): Promise<ExitCode> {
  const known = await readNames(connection);
  const expected = expectationsIn(file);
  const asked = expected.map((one) => hypothetical(one, known, file));
  const proposed = policies === undefined ? undefined : proposedOf(readFolder(policies, known.names), await readStanding(connection));
  return sayHeld({ say }, file, expected, await explainAll(connection, asked, proposed));
}

function hypothetical({ user, account, permissionSet, minutes, ticket, why, start, at, breakGlass, line }: Expectation, { names }: NamesAndPlaces, file: string): HypotheticalRequest {
  const found = names.accounts.idOf(account);
  if ('reason' in found) throw refused(`${file}:${line} ${found.reason}`);
  return { requester: user, accountId: found.id, permissionSet, durationMinutes: minutes, justification: why, ticketId: ticket, startAt: start, askedAt: at, breakGlass };
}
