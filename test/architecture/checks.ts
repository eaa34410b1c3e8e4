/**
 * What `npm test` checks before it runs tests, fast ones first: name → what Node.js is started with, in the root.
 * Exit code 0 means that all is well. Each can be run by itself: `npm run NAME`.
 */
export const checks: Readonly<Record<string, readonly string[]>> = {
  rules: ['test/architecture/check-rules.ts'],
  boundaries: ['test/architecture/check-boundaries.ts'],
  generated: ['test/architecture/check-generated.ts'],
  typecheck: ['test/architecture/check-types.ts'],
  lint: ['node_modules/eslint/bin/eslint.js', '-c', 'test/architecture/eslint.config.js', '--max-warnings', '0', '.'],
};
