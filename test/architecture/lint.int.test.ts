import { readFileSync } from 'node:fs';
import path from 'node:path';
import { plantWorkspace } from './planted-workspace.ts';

interface LintedFile {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

/** What the linter must not object to. */
const sound: Record<string, string> = {
  'services/expiry/src/domain/window.ts': `
export const endsAt = (startsAt: string, minutes: number): string => new Date(Date.parse(startsAt) + minutes * 60_000).toISOString();
`,
  'services/expiry/src/lambda/on-access-approved.ts': `
export const startedAt = Date.now();
`,
  'shared/runtime/src/clock.ts': `
export const systemClock = { now: (): number => Date.now() };
export async function close(open: Promise<void>): Promise<void> {
  try {
    await open;
  } catch (error) {
    throw new Error('the window did not open', { cause: error });
  }
}
export const closed = (open: Promise<boolean>): Promise<boolean> => open.catch((error: unknown) => String(error) === 'closed');
export const forgotten = (open: Promise<void>, _reason: string): Promise<unknown> => open.catch((error: unknown) => error);
`,
  'services/portal/web/tsconfig.json': readFileSync(path.resolve(import.meta.dirname, '../../services/portal/web/tsconfig.json'), 'utf8'),
  'services/portal/web/src/words.tsx': `
import type { ReactElement } from 'react';
export const Words = ({ said }: { said: string }): ReactElement => <p title={document.title}>{said}</p>;
`,
  'contracts/src/catalog.ts': `
import * as z from 'zod';
import type { ZodType } from 'zod';
export const name: ZodType = z.string();
`,
  'contracts/src/catalog.type.test.ts': `
// @ts-expect-error: a name is no number
export const wrong: string = 1;
`,
  'shared/runtime/src/clock.unit.test.ts': `
import { systemClock } from './clock.ts';
it('tells the time', () => {
  expect({ now: systemClock.now() }).toEqual({ now: expect.any(Number) });
});
`,
};

const browser = 'services/portal/web/src';
const domain = 'services/expiry/src/domain';
const use = 'services/expiry/src/application';
const anywhere = 'shared/runtime/src';
const syntax = 'no-restricted-syntax';
const properties = 'no-restricted-properties';
const globals = 'no-restricted-globals';

const mockings = ['mock', 'doMock', 'setMock', 'unstable_mockModule'];
const omissions = [
  ...['it.only', 'test.only', 'describe.only', 'it.concurrent.only', 'fit', 'fdescribe'],
  ...['it.skip', 'describe.skip', 'it.failing', 'xit', 'xtest', 'xdescribe'],
];

/** Rule, where it is broken, how, and for rules that say several things, what it says. */
type Violation = [rule: string, folder: string, code: string, words?: string];

const violations: Violation[] = [
  ['@typescript-eslint/no-explicit-any', anywhere, 'export const x: any = 1;'],
  ['@typescript-eslint/no-unsafe-assignment', anywhere, "export const x: { y: number } = JSON.parse('{}');"],
  ['@typescript-eslint/no-unsafe-member-access', anywhere, "export const x = JSON.parse('{}').y as number;"],
  ['@typescript-eslint/no-floating-promises', anywhere, 'export const x = (p: Promise<void>): void => { p; };'],
  ['@typescript-eslint/no-misused-promises', anywhere, 'export const x = (p: Promise<boolean>): number => (p ? 1 : 2);'],
  ['@typescript-eslint/switch-exhaustiveness-check', anywhere, "export function x(y: 'a' | 'b'): void { switch (y) { case 'a': break; } }"],
  ['@typescript-eslint/consistent-type-imports', anywhere, "import { KeyObject } from 'node:crypto'; export type X = KeyObject;"],
  ['@typescript-eslint/only-throw-error', anywhere, "export function x(): never { throw 'no'; }"],
  ['@typescript-eslint/return-await', anywhere, 'export async function x(y: Promise<void>) { try { return y; } finally { z(); } }'],
  ['@typescript-eslint/no-non-null-assertion', anywhere, 'export const x = (y: number[]): number => y[0]!;'],
  ['@typescript-eslint/no-unused-vars', anywhere, 'const x = 1;'],
  ['@typescript-eslint/ban-ts-comment', anywhere, '// @ts-ignore\nexport const x: string = 1;'],
  ['@typescript-eslint/ban-ts-comment', anywhere, '// @ts-expect-error: only type tests may\nexport const x: string = 1;'],
  ['no-empty', anywhere, 'export function x(y: boolean): void { if (y) {} }'],
  ['eqeqeq', anywhere, 'export const x = (y: number): boolean => y == 1;'],
  ['no-console', anywhere, "console.log('x');\nexport {};"],
  [syntax, anywhere, 'export const x = 1 as unknown as string;', 'cast through unknown'],
  [syntax, anywhere, 'export const x = 1 as any as string;', 'cast through unknown'],
  [syntax, anywhere, 'export const x = <string><unknown>1;', 'cast through unknown'],
  [syntax, anywhere, 'export function x(): void { try { JSON.parse(""); } catch { /* never mind */ } }', 'swallowed error'],
  [syntax, anywhere, 'export const x = (p: Promise<void>): Promise<void> => p.catch(() => {});', 'swallowed rejection'],
  [syntax, anywhere, 'export const x = (p: Promise<number>): Promise<unknown> => p.catch(() => undefined);', 'swallowed rejection'],
  [syntax, anywhere, 'export const x = (p: Promise<number>): Promise<unknown> => p.catch(() => null);', 'swallowed rejection'],
  [syntax, anywhere, 'export const x = (p: Promise<number>): Promise<unknown> => p.catch(function () {});', 'swallowed rejection'],
  [syntax, anywhere, "import { z } from 'zod';\nexport const x = z.string();", 'import * as z'],
  ...mockings.map((name): Violation => [syntax, `${anywhere}/tests`, `jest.${name}('./x.ts', () => ({}));`, 'module mocks']),
  ...omissions.map((name): Violation => [syntax, `${anywhere}/tests`, `${name}('x', () => undefined);`, 'Every test runs']),
  [syntax, `${anywhere}/tests`, "it.todo('x');", 'Every test runs'],
  [syntax, `${anywhere}/tests`, "it.only.each([1])('x', () => undefined);", 'Every test runs'],
  [syntax, `${anywhere}/tests`, "(process.env.CI ? it : it.skip)('x', () => undefined);", 'Every test runs'],
  [syntax, browser, 'export const X = () => <p dangerouslySetInnerHTML={{ __html: "x" }} />;', 'never markup'],
  [syntax, browser, 'export const x = 1 as unknown as string;', 'cast through unknown'],
  ['no-console', browser, "console.log('x');\nexport {};"],
  ['@typescript-eslint/no-explicit-any', browser, 'export const x: any = <p />;'],
  [syntax, domain, 'export const x = new Date();', 'time comes in'],
  [syntax, use, 'export const x = Date();', 'time comes in'],
  [syntax, domain, 'export const x = 1 as unknown as string;', 'cast through unknown'],
  [properties, domain, 'export const x = Date.now();', 'time comes in'],
  [properties, use, 'export const x = Date.now();', 'time comes in'],
  [properties, domain, 'export const x = Math.random();', 'Chance comes in'],
  [properties, 'services/expiry/src/adapters', 'export const x = Math.random();', 'Chance comes in'],
  [properties, use, 'export const x = crypto.randomUUID();', 'Ids come in'],
  [globals, domain, 'export const x = process.env;', 'domain is pure'],
  [globals, domain, 'export const x = globalThis.Date.now();', 'domain is pure'],
  [globals, domain, "export const x = (): unknown => fetch('https://example.com');", 'domain is pure'],
  [globals, domain, 'export const x = (): unknown => setTimeout(() => undefined, 1);', 'domain is pure'],
];

const planted = violations.map(([rule, folder, code, words], index) => {
  const markup = folder === browser;
  const file = markup ? `${folder}/bad-${index}.tsx` : folder.endsWith('/tests') ? `${folder}/bad-${index}.unit.test.ts` : `${folder}/bad-${index}.ts`;
  return { rule, code, file, words: words ?? '' };
});
const switchedOff = `${anywhere}/bad-switched-off.ts`;

describe('the linter', () => {
  let reported: { file: string; rule: string | null; message: string }[];
  beforeAll(async () => {
    const workspace = plantWorkspace({
      ...sound,
      ...Object.fromEntries(planted.map(({ file, code }) => [file, `${code}\n`])),
      [switchedOff]: '/* eslint-disable @typescript-eslint/no-explicit-any */\nexport const x: any = 1;\n',
    });
    try {
      const { output } = await workspace.run('test/check.ts', 'lint', '--format', 'json');
      const linted = JSON.parse(output) as LintedFile[];
      reported = linted.flatMap(({ filePath, messages }) => {
        const file = filePath.replaceAll('\\', '/').replace(/^.*team-planted-[^/]*\//, '');
        return messages.map(({ ruleId, message }) => ({ file, rule: ruleId, message }));
      });
    } finally {
      workspace.remove();
    }
  }, 120_000);

  it.each(planted)('reports $rule for $code', ({ rule, file, words }) => {
    expect(reported).toContainEqual({ file, rule, message: expect.stringContaining(words) });
  });

  it('cannot be switched off in a comment', () => {
    expect(reported).toContainEqual({ file: switchedOff, rule: '@typescript-eslint/no-explicit-any', message: expect.any(String) });
  });

  it('objects to nothing in sound files, nor in the checks themselves', () => {
    expect(reported.filter(({ file }) => file in sound || file.startsWith('test/'))).toEqual([]);
  });
});
