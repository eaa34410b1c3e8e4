import * as z from 'zod';
import { AwsError } from '../cloud/aws-error.ts';
import type { StandIn } from '../cloud/stand-in.ts';
import type { Store } from '../cloud/store.ts';
import type { Timeline } from '../cloud/timeline.ts';
import type { SessionWork } from './assigned-periods.ts';
import { perform, parseInput, type Action } from './input.ts';
import { createTrailQueries, type TrailQuery } from './trail-queries.ts';
import { parseTrailStatement } from './trail-statement.ts';

/** Athena, with what rights are asked about. */
export interface Athena extends StandIn {
  /** Workgroup of a query. */
  workgroupOf(queryExecutionId: string): string | undefined;
}

export interface AthenaOptions {
  readonly store: Store;
  readonly timeline: Timeline;
  readonly work?: SessionWork;
}

const start = z.object({
  QueryString: z.string().min(1).max(262_144),
  ExecutionParameters: z.array(z.string().min(1).max(1_024)).min(1).max(1_024).optional(),
  ClientRequestToken: z.string().min(32).max(128),
  WorkGroup: z.string().default('primary'),
  ResultConfiguration: z.object({ OutputLocation: z.string().startsWith('s3://') }),
});
const byId = z.object({ QueryExecutionId: z.string(), NextToken: z.string().optional(), MaxResults: z.int().min(1).max(1_000).optional() });

/**
 * Athena over one table, the organization's trail, for the one form of statement that is understood, with execution parameters.
 * https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 */
export function createAthena({ store, timeline, work }: AthenaOptions): Athena {
  const queries = createTrailQueries(store, 'athena.queries', timeline, work);
  const refuse = (message: string): AwsError => new AwsError('InvalidRequestException', message);
  const found = (id: string): TrailQuery => {
    const query = queries.find(id);
    if (query === undefined) throw refuse(`QueryExecution ${id} was not found`);
    return query;
  };

  const startQueryExecution: Action = (call) => {
    const { QueryString, ExecutionParameters = [], ClientRequestToken, WorkGroup } = parseInput(start, call, 'InvalidRequestException');
    const statement = parseTrailStatement(QueryString, ExecutionParameters);
    if (typeof statement === 'string') throw refuse(`The local cloud cannot run this statement: ${statement}`);
    const QueryExecutionId = queries.begin({ statement: QueryString, parameters: ExecutionParameters, about: WorkGroup }, ClientRequestToken);
    const { statement: begun, parameters } = found(QueryExecutionId);
    if (begun !== QueryString || JSON.stringify(parameters) !== JSON.stringify(ExecutionParameters)) throw refuse('Idempotent parameters do not match');
    return { QueryExecutionId };
  };
  const getQueryExecution: Action = (call) => {
    const { QueryExecutionId } = parseInput(byId, call, 'InvalidRequestException');
    const query = found(QueryExecutionId);
    const State = queries.statusOf(query) === 'done' ? 'SUCCEEDED' : 'RUNNING';
    return { QueryExecution: { QueryExecutionId, Query: query.statement, WorkGroup: query.about, Status: { State, SubmissionDateTime: query.begunAt / 1_000 } } };
  };
  const getQueryResults: Action = (call) => {
    const { QueryExecutionId, NextToken, MaxResults = 1_000 } = parseInput(byId, call, 'InvalidRequestException');
    const query = found(QueryExecutionId);
    if (queries.statusOf(query) !== 'done') throw refuse('Query has not yet finished. Current state: RUNNING');
    // The first page has one row less: its first names the columns.
    const { names, rows, first, next } = queries.page(query, NextToken, NextToken === undefined ? MaxResults - 1 : MaxResults, 'InvalidRequestException');
    const Rows = [...(first ? [names] : []), ...rows].map((row) => ({ Data: row.map((value) => (value === undefined ? {} : { VarCharValue: value })) }));
    return { ResultSet: { Rows, ResultSetMetadata: { ColumnInfo: names.map((Name) => ({ Name, Type: 'varchar' })) } }, ...(next === undefined ? {} : { NextToken: next }) };
  };
  const actions = new Map<string, Action>([
    ['StartQueryExecution', startQueryExecution],
    ['GetQueryExecution', getQueryExecution],
    ['GetQueryResults', getQueryResults],
  ]);
  return {
    target: 'AmazonAthena',
    handle: (call) => perform('Athena', actions, call),
    workgroupOf: (id) => queries.find(id)?.about,
  };
}
