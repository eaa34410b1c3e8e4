import { FilterPattern, MetricFilter, type IFilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { outageWords } from '@team/runtime';
import type { Names } from '../names.ts';

/** The metric of a service that counts what its functions put off, or could not publish, because something was down. */
export const outageMetric = ({ prefix }: Names, service: string) => ({ namespace: prefix, metricName: `Outage-${service}` }) as const;

/** Finds the words of outages in entries that the logger writes as JSON: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
export const outagePattern = (): IFilterPattern => FilterPattern.any(...Object.values(outageWords).map((words) => FilterPattern.stringValue('$.message', '=', words)));

/**
 * Counts what a function logs in an outage. A message that is put off is a new one to its queue, so that no age grows, and nothing fails: the
 * log alone tells. Nothing is counted, nor paid for, while there is none.
 */
export function countOutages(scope: Construct, name: string, logGroup: ILogGroup, service: string, names: Names): MetricFilter {
  const { namespace, metricName } = outageMetric(names, service);
  return new MetricFilter(scope, `${name}-outages`, {
    filterName: `${names.functionName(service, name)}-outages`,
    logGroup,
    filterPattern: outagePattern(),
    metricNamespace: namespace,
    metricName,
    metricValue: '1',
  });
}
