import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const found = (pattern: string): string[] => globSync(pattern, { cwd: root, exclude: (name) => /(^|\/)(node_modules|\.[^/]+)$/.test(name) });

/** As GitHub makes it from a heading's text. */
const anchorOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
const anchorsIn = (file: string): string[] => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

it.each(found('**/*.md'))('every link of %s leads somewhere', (file) => {
  const prose = read(file).replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link));
  const broken = links.filter((link) => {
    const [target = '', anchor] = link.split('#');
    const to = target === '' ? file : path.join(path.dirname(file), target);
    return !existsSync(path.join(root, to)) || (anchor !== undefined && !anchorsIn(to).includes(anchor));
  });
  expect(broken).toEqual([]);
});

it('CONTRIBUTING.md gives a reason for each direct dependency, and for nothing else', () => {
  const manifests = found('{.,contracts,test,{shared,services,infra}/*}/package.json').map((file) => JSON.parse(read(file)) as Record<string, object>);
  const direct = manifests.flatMap(({ dependencies = {}, devDependencies = {} }) => Object.keys({ ...dependencies, ...devDependencies }));
  const [, section = ''] = read('CONTRIBUTING.md').split('\n## Dependencies\n');
  const explained = section.split('\n').flatMap((line) => [...(/^\| (`.*?) \|/.exec(line)?.[1]?.matchAll(/`([^`]+)`/g) ?? [])].map(([, name]) => name));
  const foreign = direct.filter((name) => !name.startsWith('@team/'));
  expect([...new Set(explained)].sort()).toEqual([...new Set(foreign)].sort());
});
