import { FilterPattern, MetricFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionManifest } from '@team/runtime';
import type { Names } from '../names.ts';

/** The metric that counts what a function must say again and again. */
export const saidMetric = (names: Names, service: string, name: string) => ({ namespace: names.prefix, metricName: `Said-${service}-${name}` });

/** Counts in a function's log what it must say, where its manifest names something. */
export function countWhatMustBeSaid(scope: Construct, name: string, { mustSay }: FunctionManifest, logGroup: ILogGroup, service: string, names: Names): void {
  if (mustSay === undefined) return;
  const { namespace, metricName } = saidMetric(names, service, name);
  new MetricFilter(scope, `${name}-said`, {
    filterName: `${names.functionName(service, name)}-said`,
    logGroup,
    metricNamespace: namespace,
    metricName,
    metricValue: '1',
    filterPattern: FilterPattern.stringValue('$.message', '=', mustSay.words),
  });
}
