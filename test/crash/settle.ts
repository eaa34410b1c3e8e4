import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import type { RecordedEvent } from '../../services/portal/story/src/recorded-event.ts';
import { createOperator, madeByHand, type Operator } from './at-rest.ts';
import { judge, type Judgement } from './judgement.ts';
import type { Ledger } from './ledger.ts';
import { connectLife, type Life } from './life.ts';
import { sayAgain } from './load.ts';
import type { ServerProcess } from './server-process.ts';
import { timeScale } from './time-scale.ts';

const entry = fileURLToPath(new URL('../../services/portal/cli/team.js', import.meta.url));

/** Given up when for so long nothing more has come to its end (ms of this machine's): longer than the longest life. */
const patienceMs = 90_000;
const lookEveryMs = 1_000;

export interface Settled extends Judgement {
  readonly redriven: number;
  readonly nonsense: number;
}

interface Settling {
  readonly process: ServerProcess;
  readonly organization: Organization;
  readonly ledger: Ledger;
  say(line: string): void;
}

/** Says the rest again, waits until everything has come to its end, redrives what was laid down, and judges. */
export async function settle({ process, organization, ledger, say }: Settling): Promise<Settled> {
  const life = await connectLife(await process.ready(), timeScale, ledger);
  const operator = createOperator(life.endpoint);
  const ownAccount = organization.DelegatedAdministratorAccountId;
  await sayAgain(life, ledger);
  const nonsense = ledger.taken.filter(({ requestId }) => requestId === undefined).length;
  say(`${ledger.taken.length} acknowledged in all; waiting until all has come to its end`);

  let judgement = await untilRest();
  const laidDown = await operator.deadLetters();
  const redrive = await team(life, 'redrive');
  if (redrive.code !== 0) throw new Error(`team redrive ended with ${redrive.code}: ${redrive.said}`);
  judgement = await untilRest();
  const remaining = await operator.deadLetters();
  const verified = await team(life, 'audit', 'verify');
  return {
    lost: [
      ...judgement.lost,
      ...(remaining < nonsense ? [`${nonsense} intents that nobody can answer, ${remaining} dead letters`] : []),
      ...(verified.code === 0 ? [] : [`team audit verify: ${verified.said}`]),
    ],
    left: [...judgement.left, ...(await atRest(operator)), ...(await assignmentsLeft())],
    twice: judgement.twice,
    redriven: laidDown - remaining,
    nonsense: remaining,
  };

  async function untilRest(): Promise<Judgement> {
    let least = Number.POSITIVE_INFINITY;
    let giveUpAt = 0;
    for (;;) {
      const found = judge(ledger.taken, await wholeTrail(life), ownAccount);
      const open = found.lost.length + found.left.length;
      if (open === 0 && (await operator.working()) === 0) return found;
      if (open < least) {
        giveUpAt = performance.now() + patienceMs;
        if (open > 0) say(`${open} still open`);
      }
      least = Math.min(least, open);
      if (performance.now() > giveUpAt) return found;
      await delay(lookEveryMs);
    }
  }

  async function assignmentsLeft(): Promise<string[]> {
    const now = await operator.assignments(organization);
    const before = madeByHand(organization);
    return [
      ...[...now].filter((one) => !before.has(one)).map((one) => `assignment left: ${one}`),
      ...[...before].filter((one) => !now.has(one)).map((one) => `assignment made by hand, gone: ${one}`),
    ];
  }
}

async function atRest(operator: Operator): Promise<string[]> {
  const working = await operator.working();
  return working === 0 ? [] : [`${working} messages in queues`];
}

async function wholeTrail({ trail }: Life): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for (let after: string | undefined; ; ) {
    const { events, next } = await trail.events({ after });
    if (events.length === 0) return all;
    all.push(...events);
    after = next;
  }
}

/** `npx team`, as people run it. */
async function team({ endpoint }: Life, ...argv: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(globalThis.process.execPath, [entry, ...argv], { env: { ...globalThis.process.env, TEAM_ENDPOINT: endpoint }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}
