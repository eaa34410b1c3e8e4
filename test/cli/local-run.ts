import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { run } from '../../services/portal/cli/src/program.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The local run as `npm start` starts it, in memory and on a free port, and `npx team` beside it. */
export interface LocalRun {
  readonly endpoint: string;
  /** Runs `team` to its end, in this process: a process of its own takes longer to start than most commands take. */
  team(...argv: string[]): Promise<Ended>;
  /** Starts `team` as `npx team` does, in a process of its own, and leaves it running. */
  startTeam(...argv: string[]): Running;
  stop(): Promise<void>;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the standard output has this text; rejects when the process ends without. */
  said(text: string): Promise<void>;
}

export async function startLocalRun(): Promise<LocalRun> {
  const server = start(['infra/local/bin/start.js', '--in-memory', '--port', '0', '--time-scale', '10'], {});
  await server.said('Ctrl-C stops it.');
  const endpoint = /endpoint\s+(http:\S+)/.exec(server.heard())?.[1];
  if (endpoint === undefined) throw new Error(`the local run names no endpoint: ${server.heard()}`);
  return {
    endpoint,
    team: (...argv) => teamAt(endpoint, argv),
    startTeam: (...argv) => start(['services/portal/cli/team.js', ...argv], { TEAM_ENDPOINT: endpoint }),
    async stop() {
      server.child.kill('SIGINT');
      await server.ended;
    },
  };
}

async function teamAt(endpoint: string, argv: readonly string[]): Promise<Ended> {
  let out = '';
  let err = '';
  const output = { say: (text: string) => void (out += `${text}\n`), remark: (text: string) => void (err += `${text}\n`) };
  const code = await run(['--endpoint', endpoint, ...argv], { output, signal: new AbortController().signal });
  return { code, out, err };
}

function start(argv: readonly string[], env: Readonly<Record<string, string>>): Running & { heard(): string } {
  const child = spawn(process.execPath, argv, { cwd: root, env: { ...process.env, NODE_OPTIONS: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = once(child, 'close').then(([code]: (number | null)[]): Ended => ({ code: code ?? null, out, err }));
  return {
    child,
    ended,
    heard: () => out,
    async said(text) {
      let over: Ended | undefined;
      void ended.then((end) => (over = end));
      while (!out.includes(text)) {
        if (over !== undefined) throw new Error(`ended with ${over.code} without saying "${text}": ${over.out}${over.err}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
