import autocannon from 'autocannon';
import { quantile, type Report } from '../figures.ts';
import type { PortalWorld } from './world.ts';

const listBarMs = 100;
const pickerBarMs = 200;
const rounds = 60;
const loadSeconds = 20;
const connections = 50;

async function timed(url: string, token: string): Promise<{ readonly ms: number; readonly items: number }> {
  const begun = performance.now();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const { items = [] } = (await answer.json()) as { readonly items?: readonly unknown[] };
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return { ms: performance.now() - begun, items: items.length };
}

/** How long each list takes over so many requests, and how long the next page does. */
export async function benchLists(world: PortalWorld, requests: number): Promise<Report> {
  const [person, other] = world.people;
  const account = world.organization.Accounts[5];
  if (person === undefined || other === undefined || account === undefined) throw new Error('the organization is empty');
  const token = await world.tokenFor(person.UserName);
  const questions = ['list=mine', 'list=to-approve', 'list=decided', 'list=active', 'list=all', 'list=all&status=ended', `list=all&person=${encodeURIComponent(other.UserName)}`, `list=all&accountId=${account.Id}`, `list=all&accountId=${account.Id}&status=ended`];
  const lines: string[] = [];
  const slow: string[] = [];
  for (const question of questions) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { ms, items } = await timed(`${world.origin}/v1/requests?${question}`, token);
      times.push(ms);
      found = items;
    }
    const p95 = quantile(times, 0.95);
    lines.push(`${question.padEnd(48)} ${String(found).padStart(3)} rows, p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
    if (found === 0) throw new Error(`${question} found nothing: no list of nothing is measured`);
    if (p95 > listBarMs) slow.push(question);
  }
  return { title: `first page of lists over ${requests} requests, one caller`, lines, bars: [{ what: `p95 at most ${listBarMs} ms, each list${slow.length === 0 ? '' : `: not ${slow.join(', ')}`}`, held: slow.length === 0 }] };
}

/** How long pickers take to open and to filter, before 600 accounts and 80 permission sets. */
export async function benchPickers(world: PortalWorld): Promise<Report> {
  const lines: string[] = [];
  let worst = 0;
  const opened: number[] = [];
  const filtered: number[] = [];
  const bundled: number[] = [];
  const [earliest] = world.people;
  if (earliest === undefined) throw new Error('the organization is empty');
  // The first after a start reads a list that nobody in this process has read before.
  const first = await timed(`${world.origin}/v1/askable?limit=1000`, await world.tokenFor(earliest.UserName));
  lines.push(`${'open, the very first after a start'.padEnd(48)} ${first.ms.toFixed(0)} ms`);
  for (const person of world.people.slice(10, 30)) {
    const token = await world.tokenFor(person.UserName);
    // As the web application asks: opened with nothing typed, then by letters; a favourite by its account's id.
    const account = world.organization.Accounts[20]?.Id ?? '';
    const ask = (search: string) => timed(`${world.origin}/v1/askable?${new URLSearchParams({ ...(search === '' ? {} : { search }), limit: '1000' }).toString()}`, token);
    const all = await ask('');
    opened.push(all.ms);
    if (all.items < 1_000) throw new Error(`only ${all.items} places may be asked for`);
    const bundles = await timed(`${world.origin}/v1/bundles`, token);
    bundled.push(bundles.ms);
    if (bundles.items === 0) throw new Error('no bundle may be asked for');
    for (const search of ['Prod', 'Dev 0', 'Read', 'nothing like it', '12', account]) filtered.push((await ask(search)).ms);
  }
  for (const [what, times] of [['open, by somebody who was not there before', opened], ['filter', filtered], ['bundles', bundled]] as const) {
    worst = Math.max(worst, quantile(times, 0.95));
    lines.push(`${what.padEnd(48)} p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`);
  }
  return { title: 'what may be asked for, as pickers ask for it', lines, bars: [{ what: `p95 at most ${pickerBarMs} ms`, held: worst <= pickerBarMs }, { what: 'the very first after a start, too', held: first.ms <= pickerBarMs }] };
}

/** Reads by many people at once, over HTTP. */
export async function benchLoad(world: PortalWorld): Promise<Report> {
  const tokens = await Promise.all(world.people.slice(0, 500).map(({ UserName }) => world.tokenFor(UserName)));
  const paths = ['/v1/requests?list=mine', '/v1/requests?list=all&limit=20', '/v1/me', '/v1/requests?list=to-approve'];
  const run = (duration: number) => autocannon({ url: world.origin, connections, duration, workers: 1, requests: tokens.map((token, n) => ({ method: 'GET' as const, path: paths[n % paths.length] ?? '/', headers: { authorization: `Bearer ${token}` } })) });
  await run(5);
  const { requests, latency, non2xx, errors, timeouts } = await run(loadSeconds);
  const bad = non2xx + errors + timeouts;
  return {
    title: `reads, ${connections} connections, ${tokens.length} people, ${loadSeconds} s; client, API, services and local cloud share the machine`,
    lines: [`${requests.average.toFixed(0)} requests a second, p50 ${latency.p50} ms, p99 ${latency.p99} ms, ${bad} not answered with 200`],
    bars: [{ what: 'at least 800 requests a second', held: requests.average >= 800 }, { what: 'p99 at most 250 ms', held: latency.p99 <= 250 }, { what: 'no errors', held: bad === 0 }],
  };
}
