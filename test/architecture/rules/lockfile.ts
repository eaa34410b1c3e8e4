import { packageFiles } from './package-files.ts';
import type { Rule } from './rule.ts';

interface Lockfile {
  readonly packages?: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

export const lockfile: Rule = {
  name: 'lockfile',
  why: 'The lockfile names no download address, so it installs from any registry; each install script is allowed or refused by name.',
  find: (files) => {
    const file = files.find(({ path }) => path === 'package-lock.json');
    if (!file) return ['package-lock.json: missing'];
    const { packages = {} } = JSON.parse(file.text) as Lockfile;
    const judged = packageFiles(files).find(({ path }) => path === 'package.json')?.allowScripts ?? {};
    return Object.entries(packages).flatMap(([location, locked]) => {
      const name = location.split('node_modules/').at(-1) ?? location;
      const findings: string[] = [];
      // A workspace package is a link, and its `resolved` is a folder of this repository.
      if (locked.resolved !== undefined && !locked.link) findings.push(`package-lock.json: ${location} records ${locked.resolved}`);
      if (locked.hasInstallScript && !(name in judged)) findings.push(`package.json: allowScripts does not judge ${name}`);
      return findings;
    });
  },
};
