import { spawn, type ChildProcessByStdio } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';

const root = path.resolve(import.meta.dirname, '../..');

/** A program that runs beside the test, and what it has printed so far. */
export interface Running {
  readonly printed: () => string;
  /** Resolves with the match as soon as `pattern` is printed; rejects when the program ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Ends it and waits for that. */
  stop(): Promise<void>;
}

/** Starts a file of the repository with this Node.js, as a reader of the documents would. */
export function runNode(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const again of [...waiting]) again();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      look();
    });
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const over = ended.then(look);

  return {
    printed: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const again = (): void => {
          const match = pattern.exec(text);
          if (match === null && child.exitCode === null && child.signalCode === null) return;
          waiting.delete(again);
          if (match === null) reject(new Error(`${args.join(' ')} ended without ${String(pattern)}: ${text}`));
          else resolve(match);
        };
        waiting.add(again);
        again();
      }),
    async stop() {
      child.kill('SIGTERM');
      await over;
    },
  };
}

/** Environment in which the AWS SDK and the AWS CLI call the local run as `caller`. */
export const callingAs = (caller: string, endpoint: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: caller,
  AWS_SECRET_ACCESS_KEY: 'any',
});
