import { dependenciesOf, packageFiles } from './package-files.ts';
import type { Rule } from './rule.ts';

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

export const pinnedVersions: Rule = {
  name: 'pinned-versions',
  why: 'Every dependency is one exact version, the same in every package, so that two installations are the same installation.',
  find: (files) => {
    const packages = packageFiles(files);
    const wanted = packages.flatMap((pkg) => dependenciesOf(pkg).map(([name, version]) => ({ path: pkg.path, name, version })));
    const first = new Map(wanted.toReversed().map(({ name, version }) => [name, version]));
    for (const { name, version } of packages) if (name && version) first.set(name, version);
    return wanted.flatMap(({ path, name, version }) => {
      if (!EXACT.test(version)) return [`${path}: ${name} ${version} is not an exact version`];
      return first.get(name) === version ? [] : [`${path}: ${name} ${version}, but ${first.get(name)} elsewhere`];
    });
  },
};
