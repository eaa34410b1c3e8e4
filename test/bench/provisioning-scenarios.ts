import type { Operation } from '../../infra/local/src/identity/assignment-operations.ts';
import { benchWorld, type BenchWorld, type Taken } from './bench-world.ts';
import { quantile, seconds, spread, type Report } from './figures.ts';
import { outstandingOperations, quotaBound } from './quota-bound.ts';

const most = 1.15;

/** 1,200 operations: 600 grants of 150 requests at once, and when they stand, the end of all of them at once. */
export async function operations(seed: number): Promise<Report> {
  const bench = await benchWorld(seed, { withAudit: true });
  const sizes = [...Array.from({ length: 6 }, () => 40), ...Array.from({ length: 24 }, () => 10), ...Array.from({ length: 120 }, () => 1)];
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const requests = await askInTurn(bench, sizes, 1_000);
  const asked = bench.world.now();
  await bench.until('grants', () => bench.count('AccessGranted.v1') + bench.count('AccessGrantFailed.v1') >= total, 60);
  const granted = lastOf(bench, 'AccessGranted.v1') - asked;
  const creations = bench.operations();

  const ending = bench.world.now();
  for (const requestId of requests.keys()) await bench.takeBack(requestId);
  await bench.until('ends', () => bench.count('AccessEnded.v1') >= total, 60);
  const ended = lastOf(bench, 'AccessEnded.v1') - ending;
  const deletions = bench.operations().filter(({ kind }) => kind === 'deletion');

  const bounds = [quotaBound(creations), quotaBound(deletions)];
  const boundMs = bounds.reduce((sum, { ms }) => sum + ms, 0);
  const tookMs = granted + ended;
  const failed = bench.count('AccessGrantFailed.v1') + bench.operations().filter(({ status }) => status === 'FAILED').length;
  const waits = (size: number): number[] =>
    bench.events.filter(({ detailType, data }) => detailType === 'AccessGranted.v1' && requests.get(String(data['requestId'])) === size).map(({ at }) => at - asked);
  return {
    title: '1,200 assignment operations (600 creations, 600 removals)',
    lines: [
      `creations ${seconds(granted)}, bound ${seconds(bounds[0]?.ms ?? 0)} by ${bounds[0]?.by}; removals ${seconds(ended)}, bound ${seconds(bounds[1]?.ms ?? 0)} by ${bounds[1]?.by}`,
      ...latencies(bench),
      `granted after being asked for: of 40 accounts ${spread(waits(40))}; of 10 ${spread(waits(10))}; of one ${spread(waits(1))}`,
      `slots in use: ${share(creations, granted)} of the time while creating, ${share(deletions, ended)} while removing`,
      callsOf(bench),
    ],
    bars: [
      { what: `${seconds(tookMs)}, ${(tookMs / boundMs).toFixed(3)} × the ${seconds(boundMs)} that the quotas allow; bar ${most} ×`, held: tookMs <= most * boundMs },
      { what: `${failed} failed; bar 0`, held: failed === 0 },
    ],
  };
}

/** A removal arrives behind 1,000 queued grants. */
export async function removalBehindGrants(seed: number): Promise<Report> {
  const bench = await benchWorld(seed, { withAudit: true });
  const [first = ''] = (await askInTurn(bench, [1], 2_000)).keys();
  await bench.until('a grant', () => bench.count('AccessGranted.v1') === 1, 5);
  const queued = 1_000;
  await askInTurn(bench, Array.from({ length: queued / 50 }, () => 50), 0);
  await bench.until('windows', () => bench.count('AccessWindowOpened.v1') > queued, 10);
  await bench.until('a full house', () => underWayAt(bench.operations(), bench.world.now()) === outstandingOperations, 10);
  const before = bench.count('AccessGranted.v1');
  await bench.takeBack(first);
  const removal = (): Operation | undefined => bench.operations().find(({ kind }) => kind === 'deletion');
  await bench.until('the removal', () => removal() !== undefined, 10);

  const startedAt = removal()?.createdAt ?? Number.NaN;
  const arrivedAt = bench.workArrivals.find((at) => at >= lastOf(bench, 'AccessRevoked.v1')) ?? Number.NaN;
  const others = bench.operations().filter(({ kind, createdAt }) => kind === 'creation' && createdAt > arrivedAt && createdAt < startedAt);
  // A look belongs to a creation that had its slot before: such a one is under way, not next.
  const looksSince = bench.centerCalls.filter(({ action, at }) => action === 'ListAccountAssignments' && at > arrivedAt + callWayMs && at < startedAt);
  const freeAt = Math.min(...bench.operations().filter(({ dueAt }) => dueAt >= arrivedAt).map(({ dueAt }) => dueAt));
  const afterMs = startedAt - Math.max(freeAt, arrivedAt);
  return {
    title: `a removal behind ${queued - before} queued grants`,
    lines: [`in the work index ${seconds(arrivedAt - lastOf(bench, 'AccessRevoked.v1'), 2)} after AccessRevoked; ${others.length} creations that had their slots before were started meanwhile`],
    bars: [
      { what: `${looksSince.length} operations begun before it; bar 0`, held: looksSince.length === 0 },
      { what: `Delete ${seconds(afterMs, 2)} after a slot was free; bar 2 s`, held: afterMs <= 2_000 },
    ],
  };
}

/** Calls that were on their way when the removal arrived reach Identity Center up to so much later (ms). */
const callWayMs = 100;

/** 2,000 windows that end in the same minute. */
export async function endsInOneMinute(seed: number): Promise<Report> {
  const bench = await benchWorld(seed, { withAudit: false });
  const total = 2_000;
  const perMinute = 60;
  const rounds = Math.ceil(total / perMinute);
  for (let round = 0; round < rounds; round += 1) {
    const asked = Math.min(perMinute, total - round * perMinute);
    await askInTurn(bench, Array.from({ length: asked / 10 }, () => 10), round * perMinute, rounds + 3 - round);
    await bench.world.pass(1);
  }
  await bench.until('grants', () => bench.count('AccessGranted.v1') + bench.count('AccessGrantFailed.v1') >= total, 3);
  await bench.until('ends', () => bench.count('AccessEnded.v1') >= total, 60);

  const endsAt = new Map(ofType(bench, 'AccessGranted.v1').map(({ data }) => [data['grantId'], Date.parse(String(data['endsAt']))]));
  const lateness = ofType(bench, 'AccessExpired.v1')
    .filter(({ data }) => data['repetition'] === 0)
    .map(({ at, data }) => at - (endsAt.get(data['grantId']) ?? Number.NaN));
  const first = Math.min(...endsAt.values());
  const deletions = bench.operations().filter(({ kind }) => kind === 'deletion');
  const bound = quotaBound(deletions);
  const tookMs = lastOf(bench, 'AccessEnded.v1') - first;
  const p99 = quantile(lateness, 0.99);
  return {
    title: `${total} windows that end within ${seconds(Math.max(...endsAt.values()) - first)} (200 requests of 10 accounts; the audit service is left out)`,
    lines: [...latencies(bench), `slots in use ${share(deletions, tookMs)} of the time while removing`, callsOf(bench)],
    bars: [
      { what: `${lateness.length} times AccessExpired, ${spread(lateness)}, at most ${seconds(Math.max(...lateness))} after the end; bar p99 2 s`, held: lateness.length === total && p99 <= 2_000 },
      {
        what: `last AccessEnded ${seconds(tookMs)} after the first end, ${(tookMs / bound.ms).toFixed(3)} × the ${seconds(bound.ms)} that ${bound.by} allow; bar ${most} ×`,
        held: tookMs <= most * bound.ms,
      },
    ],
  };
}

/** Asks for so many roles each, no role twice and no person's name twice in a row. Gives each request's size by its id. */
async function askInTurn(bench: BenchWorld, sizes: readonly number[], fromRole: number, durationMinutes = 600): Promise<ReadonlyMap<string, number>> {
  const requests = new Map<string, number>();
  let next = fromRole;
  for (const [i, size] of sizes.entries()) {
    requests.set(await bench.ask(fromRole + i, bench.roles.slice(next, next + size), durationMinutes), size);
    next += size;
  }
  return requests;
}

const ofType = (bench: BenchWorld, detailType: string): Taken[] => bench.events.filter((event) => event.detailType === detailType);
const lastOf = (bench: BenchWorld, detailType: string): number => Math.max(...ofType(bench, detailType).map(({ at }) => at));
const underWayAt = (all: readonly Operation[], at: number): number => all.filter(({ createdAt, dueAt }) => createdAt <= at && at < dueAt).length;
const share = (all: readonly Operation[], tookMs: number): string =>
  `${((100 * all.reduce((sum, { createdAt, dueAt }) => sum + dueAt - createdAt, 0)) / (outstandingOperations * tookMs)).toFixed(0)} %`;

/** From Identity Center's taking an operation to the fact on the bus, beside what it took itself. */
function latencies(bench: BenchWorld): string[] {
  const all = bench.operations();
  return (['creation', 'deletion'] as const).map((kind) => {
    const facts = new Map(ofType(bench, kind === 'creation' ? 'AccessGranted.v1' : 'AccessEnded.v1').map(({ at, data }) => [nameOf(data['assignment']), at]));
    const done = all.filter((operation) => operation.kind === kind);
    const told = done.map(({ assignment, createdAt }) =>
      (facts.get(nameOf({ principalId: assignment.PrincipalId, accountId: assignment.AccountId, permissionSetArn: assignment.PermissionSetArn })) ?? Number.NaN) - createdAt,
    );
    return `${kind}s: ${spread(done.map(({ createdAt, dueAt }) => dueAt - createdAt))} in Identity Center; ${spread(told)} until the fact is on the bus`;
  });
}

function nameOf(assignment: unknown): string {
  const { principalId, accountId, permissionSetArn } = assignment as Record<string, unknown>;
  return [principalId, accountId, permissionSetArn].join(' ');
}

function callsOf({ centerCalls }: BenchWorld): string {
  const counts = new Map<string, number>();
  for (const { action, refused } of centerCalls) {
    const name = refused ? `${action} (refused)` : action;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return `SSO Admin calls: ${[...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`).join(', ')}`;
}
