import type { Rule } from './rule.ts';

const FOLDERS = ['contracts', 'docs', 'infra', 'services', 'shared', 'test'];
const FILES = [
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'NOTICE', 'README.md', 'SECURITY.md'],
  ...['nx.json', 'package-lock.json', 'package.json', 'tsconfig.base.json'],
];

export const topLevel: Rule = {
  name: 'top-level',
  why: 'The top of the repository is its table of contents; whatever else it needs has a place inside one of its folders.',
  find: (files) => {
    const entries = new Map(files.map(({ path }) => [path.split('/', 1)[0] ?? path, path.includes('/') ? FOLDERS : FILES]));
    return [...entries]
      .filter(([name, allowed]) => !name.startsWith('.') && !allowed.includes(name))
      .map(([name]) => `${name}: does not belong at the top`);
  },
};
