import { defineConfig } from 'eslint/config';
import path from 'node:path';
import tseslint from 'typescript-eslint';

const root = path.resolve(import.meta.dirname, '../..');
const tests = ['**/*.test.ts', '{services,shared,infra}/*/test/**'];

/** Core rules whose findings are mistakes in any file, TypeScript or not. */
const mistakes = Object.fromEntries(
  [
    'no-async-promise-executor', 'no-class-assign', 'no-compare-neg-zero', 'no-cond-assign', 'no-constant-binary-expression',
    'no-constant-condition', 'no-debugger', 'no-dupe-else-if', 'no-duplicate-case', 'no-empty', 'no-empty-pattern', 'no-ex-assign',
    'no-fallthrough', 'no-loss-of-precision', 'no-prototype-builtins', 'no-regex-spaces', 'no-self-assign', 'no-self-compare',
    'no-sparse-arrays', 'no-undef-init', 'no-unneeded-ternary', 'no-unsafe-finally', 'no-unsafe-optional-chaining', 'no-unused-labels',
    'no-useless-catch', 'no-useless-escape', 'no-useless-rename', 'no-var', 'object-shorthand', 'prefer-const', 'use-isnan',
    'valid-typeof',
  ].map((rule) => [rule, 'error']),
);

const cast = ':matches(TSAsExpression, TSTypeAssertion)';
const doesNothing = [
  ':matches([body.type="BlockStatement"][body.body.length=0],',
  ' [body.type="Identifier"][body.name="undefined"], [body.type="Literal"])',
].join('');

/** Syntax that nobody may write, wherever it stands. */
const banned = [
  {
    selector: `${cast} > ${cast}[typeAnnotation.type=/^TS(Unknown|Any)Keyword$/]`,
    message: 'A cast through unknown switches the type check off: parse the value, or give it its real type.',
  },
  {
    selector: 'CatchClause > BlockStatement[body.length=0]',
    message: 'A swallowed error: handle it, throw it on with a cause, or do not catch it.',
  },
  {
    selector: `CallExpression[callee.property.name="catch"] > :matches(ArrowFunctionExpression, FunctionExpression)${doesNothing}`,
    message: 'A swallowed rejection: handle it, or let it reach the caller.',
  },
  {
    selector: 'ImportDeclaration[source.value="zod"][importKind="value"] > ImportSpecifier',
    message: "Write import * as z from 'zod': the named import brings 350 kB into every bundle.",
  },
];

const bannedInTests = [
  {
    selector:
      'MemberExpression[object.name="jest"][property.name=/^(mock|doMock|setMock|unstable_mockModule|requireMock|createMockFromModule)$/]',
    message: 'No module mocks: hand the test double in as an argument.',
  },
  {
    // `it.only` and `it.concurrent.only`; `it.only.each` contains the first.
    selector: [
      'MemberExpression[property.name=/^(only|skip|todo|failing)$/]',
      ':matches([object.name=/^(it|test|describe)$/], [object.object.name=/^(it|test|describe)$/])',
    ].join(''),
    message: 'Every test runs: none is focused, skipped, to-do or expected to fail.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fit|xit|xtest|fdescribe|xdescribe)$/]',
    message: 'Every test runs: none is focused or skipped.',
  },
];

/** A run with the same clock and the same seed takes the same way, so services read neither by themselves. */
const ambientTime = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'The time comes in as an argument.' },
  { selector: 'CallExpression[callee.name="Date"]', message: 'The time comes in as an argument.' },
];

const ambientProperties = [
  { object: 'Date', property: 'now', message: 'The time comes in as an argument.' },
  { object: 'Math', property: 'random', message: 'Chance comes in as an argument.' },
  { object: 'crypto', property: 'randomUUID', message: 'Ids come in as an argument.' },
  { object: 'performance', property: 'now', message: 'The time comes in as an argument.' },
];

/** What a pure function has no use for. `Date.parse` and `new Date(ms)` only convert and stay allowed. */
const impureGlobals = [
  'process', 'globalThis', 'global', 'console', 'crypto', 'performance', 'fetch', 'queueMicrotask',
  'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate',
].map((name) => ({ name, message: 'The domain is pure: no I/O, no clock, no chance, no environment.' }));

/** What runs in a browser, which is a program of its own. */
const web = ['services/portal/web/src/**/*.{ts,tsx}'];

/** The rules that need types, with the types of the program that these files belong to. */
function typed(files, project, ignores = []) {
  return {
    files,
    ignores,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: [path.join(root, project)], tsconfigRootDir: root } },
  };
}

/** Words of others are shown as text. */
const markup = {
  selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
  message: 'What others wrote is text, never markup: hand it over as a child.',
};

export default defineConfig(
  { ignores: ['**/node_modules/', '**/dist/', '**/coverage/', '.nx/', '.team/', 'contracts/published/'] },
  {
    linterOptions: { noInlineConfig: true },
    rules: { 'no-restricted-syntax': ['error', ...banned, ...bannedInTests] },
  },
  { rules: mistakes },
  typed(['**/*.ts'], 'tsconfig.base.json', web),
  typed(web, 'services/portal/web/tsconfig.json'),
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // A port may be asynchronous where one implementation of it needs no await.
      '@typescript-eslint/require-await': 'off',
      // Ports are plain objects, whose functions may be taken out of them.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Jest's asymmetric matchers are typed `any`.
    files: tests,
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: web,
    ignores: tests,
    rules: { 'no-console': 'error', 'no-restricted-syntax': ['error', ...banned, markup] },
  },
  {
    files: ['services/*/src/**/*.ts', 'shared/**/*.ts'],
    ignores: [...tests, 'shared/*/tools/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['services/*/src/**/*.ts'],
    ignores: [...tests, 'services/*/src/lambda/**'],
    rules: {
      'no-restricted-syntax': ['error', ...banned, ...ambientTime],
      'no-restricted-properties': ['error', ...ambientProperties],
    },
  },
  {
    files: ['services/*/src/domain/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-globals': ['error', ...impureGlobals] },
  },
  {
    files: ['**/*.type.test.ts'],
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/no-unused-vars': 'off',
    },
  },
);
