import { spawn } from 'node:child_process';

/** How a command ended: its exit code, or the reason why there is none, and what it printed if that was captured. */
export interface CommandEnd {
  readonly ok: boolean;
  readonly reason: string;
  readonly output: string;
  readonly seconds: number;
}

export interface CommandOptions {
  /** Working directory. */
  readonly cwd: string;
  /** `capture` keeps what is printed for later, `show` passes it on at once. */
  readonly output: 'capture' | 'show';
  /** After so many seconds the command is killed and counts as failed. */
  readonly limitSeconds: number;
  /** Variables beside those that stand in this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs Node.js with `args`. Never rejects: a command that cannot start, crashes or hangs is a command that failed. */
export function runNode(args: readonly string[], { cwd, output, limitSeconds, env = {} }: CommandOptions): Promise<CommandEnd> {
  const startedAt = performance.now();
  const printed: Buffer[] = [];
  return new Promise((resolve) => {
    const end = (ok: boolean, reason: string): void =>
      resolve({ ok, reason, output: Buffer.concat(printed).toString('utf8'), seconds: (performance.now() - startedAt) / 1000 });
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', output === 'show' ? 'inherit' : 'pipe', output === 'show' ? 'inherit' : 'pipe'],
      timeout: limitSeconds * 1000,
      killSignal: 'SIGKILL',
    });
    child.stdout?.on('data', (chunk: Buffer) => printed.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => printed.push(chunk));
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code, signal) => end(code === 0, signal ? `killed by ${signal} (limit ${limitSeconds} s)` : `exit code ${code}`));
  });
}
