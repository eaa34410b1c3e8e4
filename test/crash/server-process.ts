import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm start` gives to Node.js: its flags, and what it runs. */
function argumentsOfStart(): string[] {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice(1);
}

/** What `npm start` prints last. */
const lastWords = 'Ctrl-C stops it.';

/** A local run in a process of its own, as `npm start` makes it. */
export interface ServerProcess {
  /** Waits until it is ready, and gives where it listens. Rejects when the process ends before, with what it said. */
  ready(): Promise<string>;
  /** Most memory that it ever had resident (bytes), as Linux tells; `undefined` elsewhere, or when it has ended. */
  peakMemory(): number | undefined;
  /** False when it has ended. */
  alive(): boolean;
  /** Everything it printed so far. */
  said(): string;
  /** Ends it, and resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGINT'): Promise<void>;
}

const children = new Set<ChildProcess>();

/** Starts the local run with these flags. Whatever happens to this process, the other ends with it. */
export function startServer(flags: readonly string[]): ServerProcess {
  const child = spawn(process.execPath, [...argumentsOfStart(), ...flags], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const gone = once(child, 'close').finally(() => children.delete(child));
  let text = '';
  const hear = (chunk: Buffer): void => void (text += chunk.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const endpointSaid = (): string | undefined => (text.includes(lastWords) ? /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] : undefined);
  return {
    ready: () =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const endpoint = endpointSaid();
          if (endpoint !== undefined) resolve(endpoint);
        };
        look();
        child.stdout.on('data', look);
        gone.then(() => reject(new Error(`npm start ended before it was ready: ${text}`)), reject);
      }),
    peakMemory: () => peakMemoryOf(child.pid),
    alive: () => child.exitCode === null && child.signalCode === null,
    said: () => text,
    async end(signal) {
      child.kill(signal);
      await gone;
    },
  };
}

/** `VmHWM` of proc_pid_status(5), which is in KiB. */
function peakMemoryOf(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code))) return undefined;
    throw error;
  }
}

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
// Heeded each time: a second signal must not end this process before it has ended the others.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(128 + constants.signals[signal]));
