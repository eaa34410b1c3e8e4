import { cpus, loadavg } from 'node:os';
import { questionsAbout } from '../../audit/lives.ts';
import { quantile, type Report } from '../figures.ts';
import { crowd, factsPerLife, type ManyRequests } from './many-requests.ts';

const barMs = 100;
const pageSize = 50;
const rounds = 30;

export const machine = (): string => `${cpus().length} × ${cpus()[0]?.model ?? '?'}, load ${(loadavg()[0] ?? 0).toFixed(1)}, node ${process.version}`;

/** How long the first page of each question takes over the facts that were heard. Bar: p95 under 100 ms each. */
export async function benchQuestions({ requests, ask }: ManyRequests): Promise<Report> {
  const lines: string[] = [];
  const slow: string[] = [];
  for (const [name, question] of questionsAbout(requests, crowd, pageSize)) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      const begun = performance.now();
      found = (await ask(question)).requests.length;
      times.push(performance.now() - begun);
    }
    const p95 = quantile(times, 0.95);
    lines.push(`${name.padEnd(36)} ${String(found).padStart(3)} found, p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
    if (!(p95 < barMs) || found === 0) slow.push(name);
  }
  return {
    title: `first page (${pageSize}) of each question over ${requests * factsPerLife} records of ${requests} requests; ${machine()}`,
    lines,
    bars: [{ what: `p95 under ${barMs} ms, each question${slow.length === 0 ? '' : `: not ${slow.join(', ')}`}`, held: slow.length === 0 }],
  };
}
