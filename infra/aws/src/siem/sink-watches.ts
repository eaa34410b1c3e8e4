import type { SiemSink } from '../environment/siem.ts';
import type { Names } from '../names.ts';
import { metric, type Watch } from '../parts/alarms.ts';
import { metricOf } from '../stacks/watches.ts';
import type { SinkNames } from './sink-names.ts';

/**
 * What is watched of one place. Names of Firehose's metrics: https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html;
 * of EventBridge's: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function sinkWatches({ kind }: SiemSink, sink: SinkNames, names: Names): Watch[] {
  const ofStream = (what: string, statistic: 'Sum' | 'Maximum' | 'Minimum') => metric('AWS/Firehose', what, { DeliveryStreamName: sink.stream }, statistic, 5);
  const late = (what: string): Watch => ({
    name: `late-${sink.short}`,
    means: 'What is recorded reaches the SIEM more than fifteen minutes late: see the stream’s log and docs/siem.md',
    metric: ofStream(what, 'Maximum'),
    threshold: 900,
    minutes: 15,
  });
  const refused = (what: string): Watch => ({
    name: `refused-${sink.short}`,
    means: 'The SIEM does not take what is delivered. What it does not take for an hour lies in the bucket under failed/: see docs/siem.md',
    metric: ofStream(what, 'Minimum'),
    threshold: 1,
    minutes: 15,
    below: true,
  });
  const ofKind: Readonly<Record<SiemSink['kind'], readonly Watch[]>> = {
    'firehose-s3': [late('DeliveryToS3.DataFreshness'), refused('DeliveryToS3.Success')],
    'firehose-splunk': [late('DeliveryToSplunk.DataFreshness'), refused('DeliveryToSplunk.Success')],
    'api-destination': [],
  };
  return [
    {
      name: `laid-down-${sink.short}`,
      means: 'What was recorded could not be brought to the SIEM, and was laid down: see docs/siem.md for how to bring it again',
      metric: metricOf.queue(sink.deadLetters, 'ApproximateNumberOfMessagesVisible'),
      threshold: 0,
      minutes: 1,
    },
    {
      name: `undelivered-${sink.short}`,
      means: 'EventBridge cannot bring what is recorded to the SIEM, and cannot lay it down either: the SIEM has gaps. See docs/siem.md',
      metric: metricOf.rule(names, sink.rule, 'InvocationsFailedToBeSentToDlq'),
      threshold: 0,
      minutes: 1,
    },
    ...ofKind[kind],
  ];
}
