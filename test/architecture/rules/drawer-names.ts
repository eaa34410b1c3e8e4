import type { Rule } from './rule.ts';

const DRAWER = /(^|[-_.])(utils?|utilities|helpers?|commons?|misc)([-_.]|$)/i;

export const drawerNames: Rule = {
  name: 'drawer-names',
  why: 'A file or folder is named after what it does; a drawer collects what nobody finds again.',
  find: (files) =>
    files
      .filter(({ path }) => path.split('/').some((part) => DRAWER.test(part)))
      .map(({ path }) => `${path}: name it after what it does`),
};
