import { TeamError } from '@team/runtime';
import * as z from 'zod';
import type { Call } from '../../domain/activity/call.ts';
import { isSessionOf, type Scope } from '../../domain/activity/session.ts';

/** A record's text is null or missing where there is none, by the way in which it is read. */
const optional = z.string().nullish().transform((value) => (value === null || value === '' ? undefined : value));

/**
 * What is read of a CloudTrail record, whatever it comes through. Athena and Lake answer columns, LookupEvents the record itself.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
const row = z.object({
  eventId: z.string().min(1).max(64),
  eventTime: z.string().refine((value) => !Number.isNaN(Date.parse(value)), 'no time'),
  eventSource: z.string().min(1).max(128),
  eventName: z.string().min(1).max(256),
  readOnly: optional,
  errorCode: optional,
  sourceIp: optional,
  region: optional,
  accountId: optional,
  roleName: optional,
  principalId: optional,
});
export type TrailRow = z.input<typeof row>;

/**
 * The call in a row, where it is one of the session that is looked for; undefined for others. Throws `ERR_TRAIL_RECORD` for what cannot be
 * read: it might be one.
 */
export function callOf(given: unknown, scope: Scope): Call | undefined {
  const result = row.safeParse(given);
  if (!result.success) {
    throw new TeamError('ERR_TRAIL_RECORD', `CloudTrail answered a record that cannot be read: ${result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`);
  }
  const { eventId, eventTime, eventSource, eventName, readOnly, errorCode, sourceIp, region, accountId, roleName, principalId } = result.data;
  if (accountId === undefined || roleName === undefined || principalId === undefined) return undefined;
  if (!isSessionOf(scope, { accountId, roleName, principalId })) return undefined;
  return {
    eventId,
    at: new Date(eventTime).toISOString(),
    service: eventSource,
    action: eventName,
    readOnly: readOnly === 'true',
    ...(errorCode === undefined ? {} : { errorCode: errorCode.slice(0, 128) }),
    ...(sourceIp === undefined ? {} : { sourceIp: sourceIp.slice(0, 128) }),
    ...(region === undefined ? {} : { region }),
  };
}

/** Most calls that are read of one grant; beyond, the collection is partial. */
export const mostCalls = 20_000;

export const tooMany = { code: 'ERR_ACTIVITY_TOO_MUCH', message: `more than ${mostCalls} calls were made: those read are counted` } as const;
