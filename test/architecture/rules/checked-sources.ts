import type { Rule } from './rule.ts';

/** A bundle that holds nothing, under the name that Lambda wants. */
const emptyBundle = 'test/least-privilege/empty-bundle/index.mjs';

export const checkedSources: Rule = {
  name: 'checked-sources',
  why: 'A source ends in .ts, or .js where an old Node.js or a tool reads it: the type check, the lint and the tests pass over .mts, .cts, .mjs and .cjs.',
  find: (files) => files.filter(({ path }) => /[.][cm][jt]s$/.test(path) && path !== emptyBundle).map(({ path }) => `${path}: nothing checks it`),
};
