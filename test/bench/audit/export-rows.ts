import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { factInTrail } from '../../../services/audit/src/application/follow-lifecycle.ts';
import { summaryOf } from '../../../services/audit/src/application/questions/summary.ts';
import { follow } from '../../../services/audit/src/domain/lifecycle/evolve.ts';
import type { Lifecycle } from '../../../services/audit/src/domain/lifecycle/state.ts';
import { lifeOf } from '../../audit/lives.ts';
import { crowd } from './many-requests.ts';

/** The command as `npx team` starts it. */
const team = path.resolve(import.meta.dirname, '../../../services/portal/cli/team.js');
const outcome = z.object({ peakMb: z.number() });
const question = z.object({ after: z.string().default('0'), limit: z.int() });

function summariesOf(n: number) {
  const facts = lifeOf(n, crowd).events.flatMap((event) => factInTrail(event, '111122223333') ?? []);
  const lifecycle = facts.reduce<Lifecycle | undefined>((state, fact) => follow(state, fact, Date.now()), undefined);
  return lifecycle === undefined ? [] : [summaryOf(lifecycle)];
}

/**
 * Rows of `team audit requests --csv` in a process of its own, and the most memory that it had (MB). It asks over HTTP; the answers are made here as they
 * are asked for, from the facts of each life by the service's own code: no store is asked.
 */
export async function exportedRows(requests: number): Promise<{ readonly rows: number; readonly peakMb: number; readonly seconds: number }> {
  const server = createServer((call, answer) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of call) chunks.push(chunk as Buffer);
      const { after, limit } = question.parse(JSON.parse(Buffer.concat(chunks).toString()));
      const to = Math.min(requests, Number(after) + limit);
      const page = Array.from({ length: to - Number(after) }, (_, i) => Number(after) + i).flatMap(summariesOf);
      answer.setHeader('content-type', 'application/json').end(JSON.stringify({ requests: page, ...(to < requests ? { next: String(to) } : {}) }));
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const begun = performance.now();
  const child = spawn(team, ['--endpoint', `http://127.0.0.1:${port}`, 'audit', 'requests', '--csv'], {
    env: { ...process.env, NODE_OPTIONS: `--import=${pathToFileURL(path.join(import.meta.dirname, 'say-memory.js')).href}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  let lines = 0;
  createInterface(child.stdout).on('line', () => (lines += 1));
  const [code] = (await ended) as [number];
  server.close();
  if (code !== 0) throw new Error(said);
  const { peakMb } = outcome.parse(JSON.parse(said.trim().split('\n').at(-1) ?? ''));
  return { rows: lines - 1, peakMb, seconds: (performance.now() - begun) / 1_000 };
}
