import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runNode } from './run-node.ts';
import type { CommandEnd } from './run-node.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What the checks themselves consist of; everything else in a planted workspace is planted. */
const CHECKS = [
  ...['package.json', 'package-lock.json', 'tsconfig.base.json', 'shared/runtime/require-node.js'],
  ...['test/package.json', 'test/jest.config.js', 'test/run.ts', 'test/check.ts', 'test/architecture'],
];

/** A workspace of its own, in a temporary folder, in which the project's real checks run over planted files. */
export interface PlantedWorkspace {
  /** Runs Node.js in the workspace and keeps what it prints. */
  run(...args: readonly string[]): Promise<CommandEnd>;
  remove(): void;
}

/**
 * Copies the checks and their configuration without their tests, links the installed packages, and writes `files`
 * (path from the root → text). A planted package.json is reachable by its name, as in the real workspace.
 */
export function plantWorkspace(files: Readonly<Record<string, string>>): PlantedWorkspace {
  const at = mkdtempSync(path.join(realpathSync(tmpdir()), 'team-planted-'));
  const filter = (source: string): boolean => !source.endsWith('.test.ts');
  for (const part of CHECKS) cpSync(path.join(root, part), path.join(at, part), { recursive: true, filter });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
    writeFileSync(path.join(at, file), text);
  }
  linkPackages(at, Object.entries(files).filter(([file]) => file.endsWith('/package.json')));
  return {
    run: (...args) => runNode(args, { cwd: at, output: 'capture', limitSeconds: 120 }),
    remove: () => rmSync(at, { recursive: true }),
  };
}

function linkPackages(at: string, planted: readonly [file: string, text: string][]): void {
  const installed = path.join(root, 'node_modules');
  mkdirSync(path.join(at, 'node_modules/@team'), { recursive: true });
  for (const name of readdirSync(installed)) {
    if (name !== '@team') symlinkSync(path.join(installed, name), path.join(at, 'node_modules', name));
  }
  for (const [file, text] of planted) {
    const { name } = JSON.parse(text) as { name: string };
    symlinkSync(path.join(at, path.dirname(file)), path.join(at, 'node_modules', name));
  }
}
