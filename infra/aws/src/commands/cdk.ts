import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

export type CdkCommand = 'deploy' | 'destroy' | 'diff';

/** How the CDK's command is called: over templates that are there already, for all of their stacks, and telling its makers nothing. */
export function callOf(command: CdkCommand, templates: string, more: readonly string[]): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  // `diff` compares every stack unless one is named, and does not know `--all`.
  const all = command === 'diff' ? [] : ['--all'];
  return { args: [command, '--app', templates, ...all, '--no-notices', ...more], env: { CDK_DISABLE_CLI_TELEMETRY: 'true' } };
}

/** Runs the CDK's command; gives its exit code. Its output and its questions are the user's. */
export async function cdk(command: CdkCommand, templates: string, more: readonly string[]): Promise<number> {
  const program = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const { args, env } = callOf(command, templates, more);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit', env: { ...process.env, ...env } });
  child.on('error', reject);
  child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  return promise;
}
