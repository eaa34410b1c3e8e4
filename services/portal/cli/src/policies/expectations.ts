import { readFileSync } from 'node:fs';
import type { Explanation } from '@team/contracts';
import { isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import type { Output } from '../context.ts';
import { exitCodes, misused, refused, type ExitCode } from '../failure.ts';
import { printable } from '../print/printable.ts';

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

/** What is said of an expectation, wherever it was asked about. */
type Told = Pick<Explanation, 'allowed' | 'approvalRequired' | 'policyId' | 'reasons'>;

/** Says which expectations of a file do not hold, and how many do. */
export function sayHeld({ say }: Pick<Output, 'say'>, file: string, expected: readonly Expectation[], told: readonly Told[]): ExitCode {
  const failures = expected.flatMap((one, i) => failuresOf(one, told[i]).map((why) => ({ line: one.line, text: `${file}:${one.line} ${one.user}, ${one.permissionSet} in ${one.account}: ${why}` })));
  for (const { text } of failures) say(printable(text));
  say(`${expected.length - new Set(failures.map(({ line }) => line)).size} of ${expected.length} expectations hold.`);
  return failures.length === 0 ? exitCodes.ok : exitCodes.refused;
}

/** Expectations of a file. Throws `Failure`: usage where it cannot be read, refused with every line that is none. */
export const expectationsIn = (file: string): readonly Expectation[] => readExpectations(readText(file), file);

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw misused(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

function readExpectations(text: string, file: string): readonly Expectation[] {
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

/** What of an expectation does not hold. */
function failuresOf({ expect, approval, policy, code }: Expectation, explanation: Told | undefined): string[] {
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
