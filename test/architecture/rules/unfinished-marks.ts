import { linesMatching } from './rule.ts';
import type { Rule } from './rule.ts';

/** Written with character classes, so that this line is not itself a finding. */
const MARK = /\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/;

export const unfinishedMarks: Rule = {
  name: 'unfinished-marks',
  why: 'Work that is left belongs in an issue, not in the source.',
  find: (files) => files.filter(({ path }) => path !== 'package-lock.json').flatMap((file) => linesMatching(file, MARK)),
};
