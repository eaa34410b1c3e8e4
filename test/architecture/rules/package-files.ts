import type { SourceFile } from './rule.ts';

export interface PackageJson {
  readonly path: string;
  readonly name?: string;
  readonly version?: string;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package.json files of the root and of every workspace package. */
export function packageFiles(files: readonly SourceFile[]): PackageJson[] {
  return files
    .filter(({ path }) => /^(|contracts\/|test\/|(shared|services|infra)\/[^/]+\/)package\.json$/.test(path))
    .map(({ path, text }) => ({ ...(JSON.parse(text) as Omit<PackageJson, 'path'>), path }));
}

/** `[name, range]` of everything that `pkg` depends on, in any way. */
export function dependenciesOf(pkg: PackageJson): [string, string][] {
  const groups = [pkg.dependencies, pkg.devDependencies, pkg.optionalDependencies, pkg.peerDependencies];
  return groups.flatMap((group) => Object.entries(group ?? {}));
}
