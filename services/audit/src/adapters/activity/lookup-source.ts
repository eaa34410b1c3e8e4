import { LookupEventsCommand, type CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { TeamError } from '@team/runtime';
import * as z from 'zod';
import type { ActivitySource } from '../../application/ports.ts';
import type { Call } from '../../domain/activity/call.ts';
import type { Scope } from '../../domain/activity/session.ts';
import { callOf, type TrailRow } from './trail-record.ts';

const dayMs = 86_400_000;
/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const keptDays = 90;
/** Two calls a second are allowed in an account and Region. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const paceMs = 600;
/** Others look too: so often is a throttled call tried again, a second later each time. */
const mostThrottled = 5;
/** Pages of fifty, at a pace that fits into one invocation. */
const mostPages = 40;

/** How much of an account LookupEvents shows: `part` is one Region's management events. */
export type Sight = (accountId: string) => 'all' | 'part' | 'nothing';

const record = z.object({
  eventID: z.string(),
  eventTime: z.string(),
  eventSource: z.string(),
  eventName: z.string(),
  readOnly: z.union([z.boolean(), z.string()]).optional(),
  errorCode: z.string().optional(),
  sourceIPAddress: z.string().optional(),
  awsRegion: z.string().optional(),
  userIdentity: z.object({
    accountId: z.string().optional(),
    principalId: z.string().optional(),
    sessionContext: z.object({ sessionIssuer: z.object({ userName: z.string().optional() }).optional() }).optional(),
  }),
});

/**
 * Session activity by `LookupEvents`: for a demonstration, or where everything is in one account. It shows management events of the last
 * 90 days of the caller's own account and Region; `sees` says what that is. Rejects with `ERR_ACTIVITY_OUT_OF_SIGHT` for accounts of
 * which it shows nothing. `wait` (ms) keeps its pace.
 */
export function lookupSource(client: CloudTrailClient, sees: Sight, wait: (ms: number) => Promise<void>, clock: () => number): ActivitySource {
  const page = async (scope: Scope, NextToken: string | undefined) => {
    const command = new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: scope.userName }],
      StartTime: new Date(scope.from),
      EndTime: new Date(scope.to),
      MaxResults: 50,
      NextToken,
    });
    for (let throttled = 1; ; throttled += 1) {
      try {
        return await client.send(command);
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ThrottlingException') || throttled > mostThrottled) throw error;
        await wait(1_000 * throttled);
      }
    }
  };

  return {
    async begin(scope) {
      const sight = sees(scope.accountId);
      if (sight === 'nothing') throw new TeamError('ERR_ACTIVITY_OUT_OF_SIGHT', `LookupEvents shows nothing of account ${scope.accountId}: configure athena or lake`);
      if (Date.parse(scope.from) < clock() - keptDays * dayMs) throw new TeamError('ERR_ACTIVITY_FORGOTTEN', `LookupEvents goes back ${keptDays} days, and access began at ${scope.from}`);
      const calls: Call[] = [];
      let next: string | undefined;
      let pages = 0;
      do {
        if (pages > 0) await wait(paceMs);
        const { Events = [], NextToken } = await page(scope, next);
        for (const { CloudTrailEvent } of Events) {
          const call = callOf(rowOf(CloudTrailEvent ?? ''), scope);
          if (call !== undefined) calls.push(call);
        }
        next = NextToken;
        pages += 1;
      } while (next !== undefined && pages < mostPages);
      if (next !== undefined) return { kind: 'found', calls, whole: false, why: { code: 'ERR_ACTIVITY_TOO_MUCH', message: `more than ${mostPages} pages of LookupEvents: the latest calls are counted` } };
      if (sight === 'part') return { kind: 'found', calls, whole: false, why: { code: 'ERR_ACTIVITY_IN_PART', message: 'LookupEvents shows management events of one Region' } };
      return { kind: 'found', calls, whole: true };
    },
    resume: (query) => Promise.reject(new TeamError('ERR_QUERY_UNKNOWN', `LookupEvents has no queries, and none "${query}": the source was changed meanwhile`)),
  };
}

function rowOf(text: string): TrailRow {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TeamError('ERR_TRAIL_RECORD', 'LookupEvents answered a record that is not JSON', { cause });
  }
  const result = record.safeParse(json);
  if (!result.success) throw new TeamError('ERR_TRAIL_RECORD', `LookupEvents answered a record that cannot be read: ${z.prettifyError(result.error)}`);
  const { eventID, readOnly, sourceIPAddress, awsRegion, userIdentity, ...rest } = result.data;
  return {
    eventId: eventID,
    ...rest,
    readOnly: readOnly === undefined ? undefined : String(readOnly),
    sourceIp: sourceIPAddress,
    region: awsRegion,
    accountId: userIdentity.accountId,
    principalId: userIdentity.principalId,
    roleName: userIdentity.sessionContext?.sessionIssuer?.userName,
  };
}
