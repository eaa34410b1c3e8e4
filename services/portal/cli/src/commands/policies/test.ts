import { readFileSync } from 'node:fs';
import type { Explanation, HypotheticalRequest } from '@team/contracts';
import type { Command } from 'commander';
import { isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import type { PerformEitherWay } from '../../either-way.ts';
import { exitCodes, misused, refused, type ExitCode } from '../../failure.ts';
import { explainAll } from '../../policies/explanation.ts';
import { readFolder, readNames, type NamesAndPlaces } from '../../policies/files.ts';
import { proposedOf } from '../../policies/proposed.ts';
import { readStanding } from '../../policies/standing.ts';
import { printable } from '../../print/printable.ts';
import { notAtPortal } from '../../signed-in/not-at-portal.ts';

const expectation = z.strictObject({
  user: z.string().min(1),
  account: z.string({ error: 'is an account’s id in quotes, or its name' }).min(1),
  permissionSet: z.string().min(1),
  minutes: z.int().min(1).max(43_200).default(60),
  ticket: z.string().optional(),
  why: z.string().default('a test of policies'),
  start: z.iso.datetime().optional(),
  /** When it is asked; absent: now. */
  at: z.iso.datetime().optional(),
  breakGlass: z.boolean().optional(),
  expect: z.enum(['allowed', 'refused']),
  approval: z.enum(['required', 'not-required']).optional(),
  policy: z.string().optional(),
  code: z.string().optional(),
});
/** What a line of a file of expectations says. */
export type Expectation = z.infer<typeof expectation> & { readonly line: number };

/** `team policies test`. */
export function testCommand(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('test')
    .description('hold policies to the expectations in a YAML file; for CI')
    .argument('<file>')
    .option('--policies <folder>', 'test the files of this folder; without it the policies in force')
    .action((file: string, options: { readonly policies?: string }, command: Command) =>
      perform(command, { atPortal: notAtPortal({ command: 'policies test', needs: 'questions by the hundred, and by policies that are only thought of', atAws: 'policies --aws test' }), atLocalRun: (context) => test(context, file, options) }),
    );
}

async function test({ connection, say }: Context, file: string, { policies }: { readonly policies?: string }): Promise<ExitCode> {
  const known = await readNames(connection);
  const expected = readExpectations(readText(file), file);
  const asked = expected.map((one) => hypothetical(one, known, file));
  const proposed = policies === undefined ? undefined : proposedOf(readFolder(policies, known.names), await readStanding(connection));
  const explanations = await explainAll(connection, asked, proposed);
  const failures = expected.flatMap((one, i) => failuresOf(one, explanations[i]).map((why) => `${file}:${one.line} ${one.user}, ${one.permissionSet} in ${one.account}: ${why}`));
  for (const failure of failures) say(printable(failure));
  say(`${expected.length - new Set(failures.map((text) => text.split(' ')[0])).size} of ${expected.length} expectations hold.`);
  return failures.length === 0 ? exitCodes.ok : exitCodes.refused;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw misused(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

/** Expectations of a file, a list. Throws `Failure` that names every line that is none. */
export function readExpectations(text: string, file: string): readonly Expectation[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2' });
  const [broken] = document.errors;
  if (broken !== undefined) throw refused(`${file}:${broken.linePos?.[0].line ?? 1} not YAML: ${broken.message.split('\n')[0] ?? ''}`);
  if (!isSeq(document.contents) || document.contents.items.length === 0) throw refused(`${file}:1 holds no list of expectations`);
  const problems: string[] = [];
  const found = document.contents.items.flatMap((item): Expectation[] => {
    const line = isNode(item) && item.range !== null && item.range !== undefined ? lines.linePos(item.range[0]).line : 1;
    const parsed = expectation.safeParse(isNode(item) ? item.toJSON() : item);
    if (parsed.success) return [{ ...parsed.data, line }];
    problems.push(...parsed.error.issues.map(({ path, message }) => `${file}:${line} ${path.length === 0 ? '' : `${path.join('.')}: `}${message}`));
    return [];
  });
  if (problems.length > 0) throw refused(problems.join('\n'));
  return found;
}

function hypothetical({ user, account, permissionSet, minutes, ticket, why, start, at, breakGlass, line }: Expectation, { names }: NamesAndPlaces, file: string): HypotheticalRequest {
  const found = names.accounts.idOf(account);
  if ('reason' in found) throw refused(`${file}:${line} ${found.reason}`);
  return { requester: user, accountId: found.id, permissionSet, durationMinutes: minutes, justification: why, ticketId: ticket, startAt: start, askedAt: at, breakGlass };
}

/** What of an expectation does not hold. */
export function failuresOf({ expect, approval, policy, code }: Expectation, explanation: Explanation | undefined): string[] {
  if (explanation === undefined) return ['was not answered'];
  const { allowed, approvalRequired, policyId, reasons } = explanation;
  const codes = reasons.map((one) => one.code);
  const is = allowed ? 'allowed' : 'refused';
  if (is !== expect) return [`expected ${expect}, is ${is}${allowed ? ` by policy "${policyId}"` : ` (${codes.join(', ')})`}`];
  const asks = approvalRequired === true ? 'required' : 'not-required';
  return [
    ...(approval !== undefined && allowed && asks !== approval ? [`expected approval ${approval}, is ${asks}`] : []),
    ...(policy !== undefined && policyId !== policy ? [`expected policy "${policy}", is "${policyId ?? 'none'}"`] : []),
    ...(code !== undefined && !codes.includes(code) ? [`expected ${code}, is ${codes.join(', ')}`] : []),
  ];
}
