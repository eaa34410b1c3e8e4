import { GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand, type AthenaClient, type Row } from '@aws-sdk/client-athena';
import { TeamError, type AthenaActivity } from '@team/runtime';
import type { ActivitySource } from '../../application/ports.ts';
import type { Call } from '../../domain/activity/call.ts';
import { rolePrefixOf, type Scope } from '../../domain/activity/session.ts';
import { literal, secondOf, sessionNameOf } from './sql.ts';
import { callOf, mostCalls, tooMany } from './trail-record.ts';

const dayMs = 86_400_000;
/** Log files lie under the day on which they were written, and late ones come days later. */
const lateDays = 2;
/** https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html */
const pageSize = 1_000;

const columns = {
  eventId: 'eventid',
  eventTime: 'eventtime',
  eventSource: 'eventsource',
  eventName: 'eventname',
  readOnly: 'readonly',
  errorCode: 'errorcode',
  sourceIp: 'sourceipaddress',
  region: 'awsregion',
  accountId: 'useridentity.accountid',
  roleName: 'useridentity.sessioncontext.sessionissuer.username',
  principalId: 'useridentity.principalid',
} as const;
const names = Object.keys(columns);

/**
 * The statement for a table of an organization's trail, and the values of its parameters in their order. What is interpolated is
 * configuration alone, which was checked to be names; everything of a request is a parameter. A parameter is written as a literal:
 * https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html
 */
export function athenaQuery({ database, table, partitions, regions = [] }: AthenaActivity, scope: Scope): { readonly statement: string; readonly parameters: readonly string[] } {
  const conditions: (readonly [condition: string, values: readonly string[]])[] = [
    ["useridentity.type = 'AssumedRole'", []],
    ['useridentity.accountid = ?', [scope.accountId]],
    ['starts_with(useridentity.sessioncontext.sessionissuer.username, ?)', [rolePrefixOf(scope.permissionSetName)]],
    ["lower(split_part(useridentity.principalid, ':', 2)) = ?", [sessionNameOf(scope.userName)]],
    ['eventtime BETWEEN ? AND ?', [secondOf(scope.from), secondOf(scope.to)]],
  ];
  if (partitions?.account !== undefined) conditions.push([`"${partitions.account}" = ?`, [scope.accountId]]);
  if (partitions?.region !== undefined && regions.length > 0) conditions.push([`"${partitions.region}" IN (${regions.map(() => '?').join(', ')})`, regions]);
  if (partitions?.day !== undefined) conditions.push([`"${partitions.day}" BETWEEN ? AND ?`, [dayOf(scope.from, 0), dayOf(scope.to, lateDays)]]);
  const selected = Object.entries(columns).map(([name, column]) => `${column} AS "${name}"`);
  return {
    statement: `SELECT ${selected.join(', ')} FROM "${database}"."${table}" WHERE ${conditions.map(([condition]) => condition).join(' AND ')} LIMIT ${mostCalls + 1}`,
    parameters: conditions.flatMap(([, values]) => values.map(literal)),
  };
}

/** `2026/03/02`, as the folders of a trail are named. */
const dayOf = (timestamp: string, later: number): string => new Date(Date.parse(timestamp) + later * dayMs).toISOString().slice(0, 10).replaceAll('-', '/');

/** Session activity from a table over an organization's trail, by Athena. No query is waited for: it is asked about again. */
export function athenaSource(client: AthenaClient, config: AthenaActivity): ActivitySource {
  const found = async (QueryExecutionId: string, scope: Scope) => {
    const calls: Call[] = [];
    let rows = -1; // The first row of the first page names the columns.
    let NextToken: string | undefined;
    do {
      const answer = await client.send(new GetQueryResultsCommand({ QueryExecutionId, NextToken, MaxResults: pageSize }));
      for (const row of answer.ResultSet?.Rows ?? []) {
        rows += 1;
        const call = rows === 0 ? undefined : callOf(valuesOf(row), scope);
        if (call !== undefined) calls.push(call);
      }
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    return rows > mostCalls ? ({ kind: 'found', calls, whole: false, why: tooMany } as const) : ({ kind: 'found', calls, whole: true } as const);
  };

  return {
    async begin(scope, token) {
      const { statement, parameters } = athenaQuery(config, scope);
      const { QueryExecutionId } = await client.send(
        new StartQueryExecutionCommand({
          QueryString: statement,
          ExecutionParameters: [...parameters],
          ClientRequestToken: token,
          WorkGroup: config.workgroup,
          QueryExecutionContext: { Database: config.database },
          ResultConfiguration: { OutputLocation: config.outputLocation },
        }),
      );
      if (QueryExecutionId === undefined) throw new TeamError('ERR_QUERY_FAILED', 'Athena began a query and gave it no id');
      return { kind: 'running', query: QueryExecutionId };
    },
    async resume(query, scope) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: query }));
      const { State = 'QUEUED', StateChangeReason = 'no reason given' } = QueryExecution?.Status ?? {};
      if (State === 'SUCCEEDED') return found(query, scope);
      if (State === 'FAILED' || State === 'CANCELLED') throw new TeamError('ERR_QUERY_FAILED', `Athena: ${State}, ${StateChangeReason}`);
      return { kind: 'running', query };
    },
  };
}

const valuesOf = ({ Data = [] }: Row): object => Object.fromEntries(names.map((name, i) => [name, Data[i]?.VarCharValue]));
