import { linesMatching } from './rule.ts';
import type { Rule } from './rule.ts';

/** A path that begins at the root of somebody's disk; character classes keep this line from being a finding. */
const MACHINE_PATH = /(?<![\w.~*}$-])\/(hom[e]|User[s]|roo[t]|wor[k]|workspac[e]|mn[t])\/\w|\b[A-Z]:\\+User[s]\b/;

export const machinePaths: Rule = {
  name: 'machine-paths',
  why: 'The project runs from any folder of any machine.',
  find: (files) => files.filter(({ path }) => path !== 'package-lock.json').flatMap((file) => linesMatching(file, MACHINE_PATH)),
};
