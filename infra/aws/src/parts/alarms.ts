import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** What is watched: above `threshold` for so many minutes in a row, or below it, somebody is told, and told again when it is over. */
export interface Watch {
  /** Ends the alarm's name. */
  readonly name: string;
  /** In plain words: what happened, and what to do. */
  readonly means: string;
  readonly metric: Metric;
  readonly threshold: number;
  /** A multiple of the metric's period. */
  readonly minutes: number;
  /** What must go on: too little of it is told, and nothing at all, too. */
  readonly mustGoOn?: true;
  /** Too little of it is told; nothing at all is well. */
  readonly below?: true;
}

/** Alarms of one deployment. */
export function raiseAlarms(scope: Construct, prefix: string, topic: ITopic, watches: readonly Watch[]): Alarm[] {
  return watches.map(({ name, means, metric, threshold, minutes, mustGoOn, below }) => {
    const alarm = new Alarm(scope, `alarm-${name}`, {
      alarmName: `${prefix}-${name}`,
      alarmDescription: means,
      metric,
      threshold,
      evaluationPeriods: minutes / metric.period.toMinutes(),
      comparisonOperator: mustGoOn === true || below === true ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: mustGoOn ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
    return alarm;
  });
}

/** A metric by the minute, or by so many. */
export const metric = (namespace: string, metricName: string, dimensionsMap: Record<string, string>, statistic: 'Sum' | 'Maximum' | 'Minimum' | 'p99', minutes = 1): Metric =>
  new Metric({ namespace, metricName, dimensionsMap, statistic, period: Duration.minutes(minutes) });
