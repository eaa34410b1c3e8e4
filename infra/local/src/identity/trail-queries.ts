import { createHash } from 'node:crypto';
import { AwsError } from '../cloud/aws-error.ts';
import type { Store } from '../cloud/store.ts';
import type { Timeline } from '../cloud/timeline.ts';
import type { SessionWork } from './assigned-periods.ts';
import { parseTrailStatement } from './trail-statement.ts';

/** A query as it is kept: what it finds is looked up when it is asked for its results, as of when it was done. */
export interface TrailQuery {
  readonly statement: string;
  readonly parameters: readonly string[];
  /** What it is about, as rights name it. */
  readonly about: string;
  readonly begunAt: number;
}

/** Queries take so long (ms): long enough that nobody may wait for them. */
const takesMs = 20_000;

/** What Athena and CloudTrail Lake have in common here: queries that take a while, and results in pages. */
export function createTrailQueries(store: Store, name: string, timeline: Timeline, work: SessionWork | undefined) {
  const queries = store.map<TrailQuery>(name);
  return {
    /** Id of the query; the same words begin the same one. */
    begin(query: Omit<TrailQuery, 'begunAt'>, words: string): string {
      const hex = createHash('sha256').update(words).digest('hex');
      const id = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
      if (!queries.has(id)) queries.set(id, { ...query, begunAt: timeline.now() });
      return id;
    },
    find: (id: string): TrailQuery | undefined => queries.get(id),
    statusOf: ({ begunAt }: TrailQuery): 'running' | 'done' => (timeline.now() < begunAt + takesMs ? 'running' : 'done'),
    /** A page of what a query that is done found. `next` is the place of the first row of the next one. */
    page({ statement, parameters, begunAt }: TrailQuery, token: string | undefined, size: number, badToken: string) {
      const parsed = parseTrailStatement(statement, parameters);
      if (typeof parsed === 'string') throw new Error(`a query was begun that is not understood: ${parsed}`);
      const from = Number(token ?? 0);
      if (!Number.isInteger(from)) throw new AwsError(badToken, 'The token is not one that this query gave out');
      const rows = (work?.deliveredBy(begunAt) ?? []).flatMap(({ record }) => {
        const row = parsed.select(record);
        return row === undefined ? [] : [row];
      });
      const limited = rows.slice(0, parsed.limit);
      return { names: parsed.names, rows: limited.slice(from, from + size), first: from === 0, next: from + size < limited.length ? String(from + size) : undefined };
    },
  };
}
