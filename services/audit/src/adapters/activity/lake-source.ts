import { GetQueryResultsCommand, StartQueryCommand, type CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { TeamError, type LakeActivity } from '@team/runtime';
import type { ActivitySource } from '../../application/ports.ts';
import type { Call } from '../../domain/activity/call.ts';
import { rolePrefixOf, type Scope } from '../../domain/activity/session.ts';
import { literal, secondOf, sessionNameOf } from './sql.ts';
import { callOf, mostCalls, tooMany } from './trail-record.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetQueryResults.html */
const pageSize = 1_000;

const columns = {
  eventId: 'eventID',
  eventTime: 'eventTime',
  eventSource: 'eventSource',
  eventName: 'eventName',
  readOnly: 'readOnly',
  errorCode: 'errorCode',
  sourceIp: 'sourceIPAddress',
  region: 'awsRegion',
  accountId: 'userIdentity.accountId',
  roleName: 'userIdentity.sessionContext.sessionIssuer.userName',
  principalId: 'userIdentity.principalId',
} as const;

const accountId = /^\d{12}$/;
const permissionSetName = /^[\w+=,.@-]{1,32}$/;

/**
 * The statement for an event data store. `StartQuery` takes parameters for the templates of its own dashboards alone
 * (https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StartQuery.html, QueryAlias), so the values stand in the statement:
 * each is held to the letters that AWS allows for it, none of which ends a literal, and written as a literal all the same.
 */
export function lakeStatement({ eventDataStoreArn }: LakeActivity, scope: Scope): string {
  if (!accountId.test(scope.accountId)) throw new TeamError('ERR_ACCOUNT_ID', `"${scope.accountId}" is no account`);
  if (!permissionSetName.test(scope.permissionSetName)) throw new TeamError('ERR_PERMISSION_SET_NAME', `no permission set can be named "${scope.permissionSetName}"`);
  const conditions = [
    "userIdentity.type = 'AssumedRole'",
    `userIdentity.accountId = ${literal(scope.accountId)}`,
    // An underscore stands for any one character, which finds no less; what else it finds is left out when it is read.
    `${columns.roleName} LIKE ${literal(`${rolePrefixOf(scope.permissionSetName)}%`)}`,
    `lower(${columns.principalId}) LIKE ${literal(`%:${sessionNameOf(scope.userName)}`)}`,
    `eventTime >= ${literal(lakeTime(scope.from))}`,
    `eventTime <= ${literal(lakeTime(scope.to))}`,
  ];
  const selected = Object.entries(columns).map(([name, column]) => `${column} AS ${name}`);
  return `SELECT ${selected.join(', ')} FROM ${eventDataStoreArn.split('/').at(-1) ?? ''} WHERE ${conditions.join(' AND ')} LIMIT ${mostCalls + 1}`;
}

/** `2026-03-02 09:00:00`: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-limitations.html */
const lakeTime = (timestamp: string): string => secondOf(timestamp).replace('T', ' ').replace('Z', '');

/** Session activity from an event data store of CloudTrail Lake, for those who have one. No query is waited for: it is asked about again. */
export function lakeSource(client: CloudTrailClient, config: LakeActivity): ActivitySource {
  const answerOf = async (QueryId: string, scope: Scope) => {
    const calls: Call[] = [];
    let rows = 0;
    let NextToken: string | undefined;
    do {
      const { QueryStatus, ErrorMessage = 'no reason given', QueryResultRows = [], ...page } = await client.send(
        new GetQueryResultsCommand({ QueryId, NextToken, MaxQueryResults: pageSize, ...ownerOf(config) }),
      );
      if (QueryStatus === 'QUEUED' || QueryStatus === 'RUNNING') return { kind: 'running', query: QueryId } as const;
      if (QueryStatus !== 'FINISHED') throw new TeamError('ERR_QUERY_FAILED', `CloudTrail Lake: ${QueryStatus ?? 'no status'}, ${ErrorMessage}`);
      for (const row of QueryResultRows) {
        rows += 1;
        const call = callOf(valuesOf(row), scope);
        if (call !== undefined) calls.push(call);
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return rows > mostCalls ? ({ kind: 'found', calls, whole: false, why: tooMany } as const) : ({ kind: 'found', calls, whole: true } as const);
  };

  return {
    async begin(scope) {
      const { QueryId } = await client.send(new StartQueryCommand({ QueryStatement: lakeStatement(config, scope), ...ownerOf(config) }));
      if (QueryId === undefined) throw new TeamError('ERR_QUERY_FAILED', 'CloudTrail Lake began a query and gave it no id');
      return { kind: 'running', query: QueryId };
    },
    resume: answerOf,
  };
}

/** The store may be another account's, whose delegated administrator this one is. */
const ownerOf = ({ eventDataStoreArn }: LakeActivity): { readonly EventDataStoreOwnerAccountId: string } => ({ EventDataStoreOwnerAccountId: eventDataStoreArn.split(':')[4] ?? '' });

/** A row is a list of objects with one column each; columns come back in any case. Times come without a zone and are in UTC. */
function valuesOf(row: readonly Record<string, string>[]): object {
  const byName = new Map(row.flatMap((column) => Object.entries(column)).map(([name, value]) => [name.toLowerCase(), value]));
  const values = Object.keys(columns).map((name): [string, string | undefined] => [name, byName.get(name.toLowerCase())]);
  return Object.fromEntries(values.map(([name, value]) => [name, name === 'eventTime' && value !== undefined && !value.endsWith('Z') ? `${value.replace(' ', 'T')}Z` : value]));
}
