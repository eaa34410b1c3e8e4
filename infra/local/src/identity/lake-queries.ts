import * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';
import type { Store } from '../cloud/store.ts';
import type { Timeline } from '../cloud/timeline.ts';
import type { SessionWork } from './assigned-periods.ts';
import { parseInput, type Action } from './input.ts';
import { createTrailQueries, type TrailQuery } from './trail-queries.ts';
import { parseTrailStatement } from './trail-statement.ts';

const start = z.object({ QueryStatement: z.string().min(1).max(10_000), EventDataStoreOwnerAccountId: z.string().regex(/^\d{12}$/).optional() });
const byId = z.object({ QueryId: z.string(), NextToken: z.string().optional(), MaxQueryResults: z.int().min(1).max(1_000).optional() });

/** How far a query is, in the words of CloudTrail. */
const statusOf = { running: 'RUNNING', done: 'FINISHED' } as const;

/**
 * CloudTrail Lake over what people did here: `StartQuery`, `DescribeQuery`, `GetQueryResults`, for the one form of statement that is
 * understood. Parameters are for templates of its dashboards, which do not exist here.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartQuery.html
 */
export function createLakeQueries(store: Store, timeline: Timeline, work: SessionWork | undefined) {
  const queries = createTrailQueries(store, 'cloudtrail.queries', timeline, work);
  const found = (QueryId: string): TrailQuery => {
    const query = queries.find(QueryId);
    if (query === undefined) throw new AwsError('QueryIdNotFoundException', `There is no query ${QueryId}`);
    return query;
  };

  const startQuery: Action = (call) => {
    const { QueryStatement, EventDataStoreOwnerAccountId: owner = call.caller.accountId } = parseInput(start, call, 'InvalidParameterException');
    const statement = parseTrailStatement(QueryStatement, []);
    if (typeof statement === 'string') throw new AwsError('InvalidQueryStatementException', `The local cloud cannot run this statement: ${statement}`);
    const about = { about: `${owner}:eventdatastore/${statement.from}` };
    return { QueryId: queries.begin({ statement: QueryStatement, parameters: [], ...about }, `${QueryStatement} ${timeline.now()}`) };
  };
  const describeQuery: Action = (call) => {
    const { QueryId } = parseInput(byId, call, 'InvalidParameterException');
    return { QueryId, QueryString: found(QueryId).statement, QueryStatus: statusOf[queries.statusOf(found(QueryId))] };
  };
  const getQueryResults: Action = (call) => {
    const { QueryId, NextToken, MaxQueryResults = 1_000 } = parseInput(byId, call, 'InvalidParameterException');
    const query = found(QueryId);
    const status = queries.statusOf(query);
    if (status !== 'done') return { QueryStatus: statusOf[status] };
    const { names, rows, next } = queries.page(query, NextToken, MaxQueryResults, 'InvalidNextTokenException');
    const QueryResultRows = rows.map((row) => names.map((name, i) => ({ [name]: row[i] ?? '' })));
    return { QueryStatus: 'FINISHED', QueryResultRows, ...(next === undefined ? {} : { NextToken: next }) };
  };

  return {
    actions: { StartQuery: startQuery, DescribeQuery: describeQuery, GetQueryResults: getQueryResults },
    /** Account and id of the store that a query is about. */
    storeOf: (queryId: string): string | undefined => queries.find(queryId)?.about,
  };
}
