import { createHash } from 'node:crypto';
import { randomUuid, seededRandom } from '../cloud/random-sources.ts';
import type { Random } from '../cloud/random.ts';

/** One person's use of one permission set in one account, from the moment when it was assigned. Times in milliseconds since the epoch. */
export interface Period {
  /** What everything is drawn from: the same words give the same work. */
  readonly seed: string;
  readonly accountId: string;
  readonly region: string;
  readonly permissionSetName: string;
  readonly userName: string;
  readonly sessionMs: number;
  readonly from: number;
  /** When the assignment was removed; absent: it stands. */
  readonly removedAt: number | undefined;
}

/** A CloudTrail record, as far as anybody here reads it, and when it is delivered. */
export interface TrailRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly readOnly: boolean;
  readonly errorCode?: string;
  readonly userIdentity: Readonly<Record<string, unknown>> & {
    readonly type: string;
    readonly principalId: string;
    readonly accountId?: string;
    readonly sessionContext?: Readonly<Record<string, unknown>> & { readonly sessionIssuer: Readonly<Record<string, string>> & { readonly userName: string } };
  };
  readonly recipientAccountId: string;
}
export interface DeliveredRecord {
  readonly at: number;
  readonly deliveredAt: number;
  readonly record: TrailRecord;
}

type Step = readonly [service: string, action: string, readOnly: boolean];
const reads: readonly Step[] = [
  ['ec2', 'DescribeInstances', true],
  ['s3', 'ListBuckets', true],
  ['rds', 'DescribeDBInstances', true],
  ['logs', 'DescribeLogGroups', true],
  ['cloudwatch', 'GetMetricData', true],
  ['lambda', 'ListFunctions20150331', true],
];
const byKind: readonly (readonly [name: RegExp, steps: readonly Step[]])[] = [
  [/billing/i, [['ce', 'GetCostAndUsage', true], ['budgets', 'ViewBudget', true], ['ce', 'GetCostForecast', true]]],
  [/read|view|support/i, reads],
  [/database/i, [...reads, ['rds', 'ModifyDBInstance', false], ['rds', 'CreateDBSnapshot', false]]],
  [/network/i, [...reads, ['ec2', 'AuthorizeSecurityGroupIngress', false], ['ec2', 'CreateRoute', false]]],
  [/admin|glass/i, [...reads, ['iam', 'UpdateAssumeRolePolicy', false], ['secretsmanager', 'PutSecretValue', false], ['ec2', 'RebootInstances', false]]],
  [/./, [...reads, ['lambda', 'UpdateFunctionCode20150331v2', false], ['ec2', 'RebootInstances', false], ['s3', 'PutBucketPolicy', false]]],
];

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** CloudTrail delivers about five minutes later, and now and then one file much later. */
const usualDelayMs = 5 * minuteMs;
const lateDelayMs = 50 * minuteMs;
/** Work goes on for so long, whatever the assignment does. */
const mostCalls = 60;

/**
 * What somebody may be believed to have done: nothing at all now and then; otherwise a sign-in, calls that fit the permission set, some of
 * them refused; and sometimes a few more after the assignment was removed, with what the session still holds. The beginning of a period
 * does not change when its end becomes known.
 */
export function workIn(period: Period): readonly DeliveredRecord[] {
  const random = seededRandom(createHash('sha256').update(period.seed).digest().readInt32BE());
  const mood = random.next();
  if (mood < 0.15) return [];
  const steps = (byKind.find(([name]) => name.test(period.permissionSetName))?.[1] ?? reads).filter(([, , readOnly]) => readOnly || mood > 0.35);
  const goesOn = random.next() < 0.4;
  const role = `AWSReservedSSO_${period.permissionSetName}_${createHash('sha256').update(`${period.accountId} ${period.permissionSetName}`).digest('hex').slice(0, 16)}`;
  const ip = `203.0.113.${1 + Math.floor(random.next() * 250)}`;
  const until = period.removedAt === undefined ? Number.POSITIVE_INFINITY : period.removedAt + (goesOn ? Math.min(period.sessionMs, 20 * minuteMs) : 0);
  const done: DeliveredRecord[] = [];
  const does = (at: number, step: Step, identity: TrailRecord['userIdentity']): void => {
    const [service, eventName, readOnly] = step;
    const [id, late, refused] = [randomUuid(random), random.next() < 0.04, random.next() < 0.08];
    const eventTime = `${new Date(at).toISOString().slice(0, 19)}Z`;
    const error = refused && service !== 'signin' && service !== 'sts' ? { errorCode: 'AccessDenied' } : {};
    const record = { eventID: id, eventTime, eventSource: `${service}.amazonaws.com`, eventName, awsRegion: period.region, sourceIPAddress: ip, readOnly, ...error, userIdentity: identity, recipientAccountId: period.accountId };
    done.push({ at, deliveredAt: at + (late ? lateDelayMs : usualDelayMs), record });
  };
  let at = period.from + between(random, 5, 30);
  if (period.removedAt !== undefined && at >= period.removedAt) return [];
  does(at, ['sts', 'AssumeRoleWithSAML', true], { type: 'SAMLUser', principalId: `sso:${period.userName}` });
  const session = sessionOf(period, role, at);
  does(at + 2 * secondMs, ['signin', 'ConsoleLogin', false], session);
  // A session ends by itself; nobody signs in again.
  const sessionEnds = at + period.sessionMs;
  for (let calls = 0; calls < mostCalls; calls += 1) {
    at += between(random, 6, 150);
    if (at >= until || at >= sessionEnds) break;
    does(at, steps[Math.floor(random.next() * steps.length)] ?? ['s3', 'ListBuckets', true], session);
  }
  return done;
}

const between = (random: Random, from: number, to: number): number => Math.round((from + random.next() * (to - from)) * secondMs);

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
function sessionOf({ accountId, userName, region }: Period, roleName: string, since: number): TrailRecord['userIdentity'] {
  const roleId = `AROA${createHash('sha256').update(`${accountId}/${roleName}`).digest('hex').slice(0, 16).toUpperCase()}`;
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${userName}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${userName}`,
    accountId,
    accessKeyId: `ASIA${roleId.slice(4)}`,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: roleId, arn: `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/${region}/${roleName}`, accountId, userName: roleName },
      attributes: { creationDate: new Date(since).toISOString(), mfaAuthenticated: 'true' },
    },
  };
}
