import type { Overview, RequestRow } from '../contract/index.ts';
import { listKey } from '../domain/list-key.ts';
import { activeLists, readingVisible } from './lists-of-person.ts';
import { lookingOf } from './looking-of.ts';
import { withNames, type Naming } from './named.ts';
import type { People, RequestViews, SignedIn } from './ports.ts';

interface OverviewPorts {
  readonly people: People;
  readonly views: RequestViews;
  readonly places: Naming;
  /** ms since the epoch */
  readonly now: () => number;
}

const dayMs = 24 * 60 * 60 * 1000;
const days = 30;
/** So many requests are counted, the newest. */
const mostCounted = 500;

/** What happened in the last thirty days, counted over the newest requests that the person may see. */
export async function showOverview(person: SignedIn, { people, views, places, now }: OverviewPorts): Promise<Overview> {
  const standing = await lookingOf(people, person, 'recent');
  const until = now();
  // Whole days of UTC, today's included.
  const from = new Date(Math.floor(until / dayMs) * dayMs - (days - 1) * dayMs).toISOString();
  const all = standing.auditor || standing.administrator;
  const { lists, keep } = all ? { lists: [listKey('all')], keep: () => true } : readingVisible(person, standing);
  const [newest, { items: active }] = await Promise.all([
    views.page(lists, { limit: mostCounted, keep }),
    views.page(all ? [listKey('active')] : activeLists(person, standing), { limit: mostCounted, keep: ({ row }) => row.status === 'active' }),
  ]);
  const rows = await withNames(newest.items.filter(({ askedAt }) => askedAt >= from), places);
  const approved = secondsToApproval(rows);
  return {
    from,
    requests: perDay(rows, from),
    byStatus: counted(rows.map(({ status }) => status)),
    byAccount: counted(rows.flatMap(({ targets }) => [...new Set(targets.map(({ accountName }) => accountName))])),
    byPermissionSet: counted(rows.flatMap(({ targets }) => [...new Set(targets.map(({ permissionSetName }) => permissionSetName))])),
    ...(approved.length === 0 ? {} : { approvalSeconds: { median: quantile(approved, 0.5), p90: quantile(approved, 0.9) } }),
    activeNow: active.length,
    counted: rows.length,
    now: new Date(until).toISOString(),
  };
}

function perDay(rows: readonly RequestRow[], from: string): Overview['requests'] {
  const counts = new Map(Array.from({ length: days }, (_, day) => [dayOf(new Date(Date.parse(from) + day * dayMs).toISOString()), 0]));
  for (const { askedAt } of rows) counts.set(dayOf(askedAt), (counts.get(dayOf(askedAt)) ?? 0) + 1);
  return [...counts].map(([day, count]) => ({ day, count }));
}

const dayOf = (timestamp: string): string => timestamp.slice(0, 10);

/** How often each name comes, the most frequent first. */
function counted(names: readonly string[]): Overview['byStatus'] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** In ascending order; of requests on which people agreed. */
function secondsToApproval(rows: readonly RequestRow[]): readonly number[] {
  return rows.flatMap(({ askedAt, approvedAt }) => (approvedAt === undefined ? [] : [(Date.parse(approvedAt) - Date.parse(askedAt)) / 1000])).toSorted((a, b) => a - b);
}

/** Of ascending numbers, the least that so large a part of them does not exceed. */
const quantile = (ascending: readonly number[], part: number): number => ascending[Math.ceil(ascending.length * part) - 1] ?? 0;
