import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { loadOrganization } from '../../infra/local/src/identity/index.ts';
import { createDraw } from './draw.ts';
import { createIntents } from './intents.ts';
import { readKept } from './kept-on-disk.ts';
import { Ledger } from './ledger.ts';
import { connectLife } from './life.ts';
import { load, untilGone, type Follower } from './load.ts';
import type { CrashOptions } from './options.ts';
import { startServer, type ServerProcess } from './server-process.ts';
import { settle } from './settle.ts';
import { timeScale } from './time-scale.ts';
import { writePolicies } from './short-lives.ts';

/** A process that is ready lives on for up to so long (ms of this machine's). */
const longestLifeMs = 2_000;
/** One round in so many is killed while it starts. */
const killedWhileStartingOneIn = 6;
/** Rounds at the end in which nothing is asked that takes long. */
const nearTheEnd = 8;

/** What a run showed. */
export interface CrashReport {
  readonly rounds: number;
  readonly kills: number;
  readonly events: number;
  readonly requests: number;
  /** What does not hold, each in a sentence; none when all is well. */
  readonly lost: readonly string[];
  readonly left: readonly string[];
  readonly twice: readonly string[];
  /** Dead letters that were redriven because a kill, or several, had used up their receives. */
  readonly redriven: number;
  /** Dead letters that are there to stay: texts under a known name that nobody can answer. */
  readonly nonsense: number;
  readonly seconds: number;
  /** Of the largest of the processes (bytes). */
  readonly peakMemory: number | undefined;
}

/**
 * Kills `npm start` on one data folder again and again while others work with it, then lets everything come to its end and holds
 * what is there against what was acknowledged. `server` starts it; another one may be broken on purpose.
 */
export async function crash({ rounds, seed }: CrashOptions, say: (line: string) => void, server: typeof startServer = startServer): Promise<CrashReport> {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'team-crash-'));
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clear);
  const data = join(folder, 'data');
  const policies = join(folder, 'policies');
  mkdirSync(policies);
  writePolicies(policies);
  const organizationFile = fileURLToPath(new URL('../../infra/local/fixtures/organization.json', import.meta.url));
  const organization = loadOrganization(organizationFile);
  // Two sequences: when it is killed does not depend on how much was said until then.
  const moments = createDraw(seed);
  const draw = createDraw(seed + 1);
  const ledger = new Ledger();
  const intents = createIntents(draw, organization);
  const follower: Follower = { after: undefined };
  const flags = ['--data', data, '--policies', policies, '--organization', organizationFile, '--time-scale', String(timeScale), '--port', '0'];
  const lost = new Set<string>();
  let peakMemory: number | undefined;
  let startMs = 1_000;

  try {
    for (let round = 1; round <= rounds; round += 1) {
      const running = server(flags);
      const said = moments.below(killedWhileStartingOneIn) === 0 ? await killWhileStarting(running) : await killUnderLoad(running, rounds - round >= nearTheEnd);
      const kept = readKept(data);
      const gone = ledger.taken.filter(({ eventId }) => !kept.eventIds.has(eventId));
      for (const { detailType, eventId } of gone) lost.add(`${detailType} ${eventId}: acknowledged, and not on disk after the kill of round ${round}`);
      const counts = `${ledger.taken.length} acknowledged, ${ledger.unanswered.length} without answer, ${gone.length} lost`;
      say(`round ${String(round).padStart(String(rounds).length)}  ${said}; ${counts}`);
    }
    const last = server(flags);
    const found = await settle({ process: last, organization, ledger, say });
    notePeak(last);
    await last.end('SIGINT');
    const kept = readKept(data);
    const waiting = [
      ...kept.unpublished.map((key) => `aggregate ${key}: its outbox is not empty`),
      ...(kept.deliveries === 0 ? [] : [`${kept.deliveries} events on their way to a target`]),
    ];
    return {
      rounds,
      kills: rounds,
      events: ledger.taken.length,
      requests: ledger.requestIds.size,
      lost: [...lost, ...found.lost],
      left: [...found.left, ...waiting],
      twice: found.twice,
      redriven: found.redriven,
      nonsense: found.nonsense,
      seconds: (performance.now() - startedAt) / 1_000,
      peakMemory,
    };
  } finally {
    process.off('exit', clear);
    clear();
  }

  async function killUnderLoad(running: ServerProcess, far: boolean): Promise<string> {
    const begunAt = performance.now();
    const endpoint = await running.ready();
    startMs = performance.now() - begunAt;
    const lifeMs = 50 + moments.below(longestLifeMs);
    const stop = new AbortController();
    const working = untilGone(connectLife(endpoint, timeScale, ledger).then((life) => load(life, { ledger, intents, draw, follower }, far, stop.signal)));
    // An answer that should not have been given ends the test at once.
    await Promise.race([delay(lifeMs), working]);
    if (!running.alive()) lost.add(`npm start ended by itself: ${running.said()}`);
    notePeak(running);
    stop.abort();
    await running.end('SIGKILL');
    await working;
    return `killed ${(lifeMs / 1_000).toFixed(2)} s after it was ready, which took ${(startMs / 1_000).toFixed(1)} s`;
  }

  async function killWhileStarting(running: ServerProcess): Promise<string> {
    const afterMs = moments.below(1_000) / 1_000 * startMs;
    await delay(afterMs);
    await running.end('SIGKILL');
    return `killed ${(afterMs / 1_000).toFixed(2)} s after it was started`;
  }

  function notePeak(running: ServerProcess): void {
    const now = running.peakMemory();
    if (now !== undefined) peakMemory = Math.max(peakMemory ?? 0, now);
  }
}
