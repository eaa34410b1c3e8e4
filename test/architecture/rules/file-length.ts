import type { Rule } from './rule.ts';

const LONGEST = 250;
const SOURCE = /\.(ts|tsx|js|jsx|mjs|cjs|css)$/;
const GENERATED = /(^|\/)(published|generated)\//;

export const fileLength: Rule = {
  name: 'file-length',
  why: `A source file is read in one go: at most ${LONGEST} lines, what is generated excepted.`,
  find: (files) =>
    files
      .filter(({ path }) => SOURCE.test(path) && !GENERATED.test(path))
      .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
      .filter(({ lines }) => lines > LONGEST)
      .map(({ path, lines }) => `${path}: ${lines} lines`),
};
