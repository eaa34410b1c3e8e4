import type { Names } from '../names.ts';
import type { SiemSink } from '../environment/siem.ts';

/** Physical names of one place to which what is recorded is delivered. All begin alike, so that policies speak of them without the stack. */
export function sinkNamesOf({ name }: Pick<SiemSink, 'name'>, names: Names, account: string) {
  const base = `${names.prefix}-siem-${name}`;
  const logGroup = `/aws/kinesisfirehose/${base}`;
  // Names of buckets are of nobody's account: the account's number keeps others from having them.
  const bucket = `${base}-${account}`;
  return {
    base,
    /** Ends names of alarms. */
    short: `siem-${name}`,
    stack: names.stack(`siem-${name}`),
    stream: base,
    streamArn: names.arn('firehose', `deliverystream/${base}`),
    rule: base,
    ruleArn: names.ruleArn(base),
    deadLetters: `${base}-dlq`,
    bucket,
    bucketArn: `arn:aws:s3:::${bucket}`,
    accessLogBucket: `${bucket}-logs`,
    logGroup,
    logGroupArn: names.arn('logs', `log-group:${logGroup}`),
    deliveryRole: `${base}-delivery`,
    deliveryRoleArn: `arn:aws:iam::${account}:role/${base}-delivery`,
    rulesRole: `${base}-events`,
  } as const;
}
export type SinkNames = ReturnType<typeof sinkNamesOf>;
