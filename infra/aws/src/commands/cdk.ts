import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Runs the CDK's command over templates that are there already; gives its exit code. Its output and its questions are the user's. */
export async function cdk(command: 'diff' | 'deploy' | 'destroy', templates: string, more: readonly string[]): Promise<number> {
  const program = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(process.execPath, [program, command, '--app', templates, '--all', ...more], { stdio: 'inherit' });
  child.on('error', reject);
  child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  return promise;
}
