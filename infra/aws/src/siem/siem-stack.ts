import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { siemKeyPolicy } from '../access/key-policy.ts';
import type { SiemSink } from '../environment/siem.ts';
import { raiseAlarms } from '../parts/alarms.ts';
import type { StackSetting } from '../stacks/setting.ts';
import { destinationOf } from './api-destination.ts';
import { deliverRecorded, type RuleTarget } from './delivered-events.ts';
import { streamToS3, streamToSplunk } from './firehose.ts';
import { makeSinkBucket } from './sink-bucket.ts';
import { sinkNamesOf } from './sink-names.ts';
import { sinkWatches } from './sink-watches.ts';

/** One place to which what is recorded is delivered, with all that it takes: without the stack nothing of it is left but what is retained. */
export class SiemStack extends Stack {
  constructor(parent: Construct, setting: StackSetting, sink: SiemSink) {
    const { environment, names, stackProps } = setting;
    const sinkNames = sinkNamesOf(sink, names, environment.accounts.team);
    super(parent, sinkNames.stack, { ...stackProps, description: `TEAM ${environment.name}: what is recorded, to the SIEM (${sink.name})` });
    const [writers, readers] = sink.kind === 'api-destination' ? [[], []] : [[sinkNames.deliveryRoleArn], sink.readers];
    const key = new Key(this, 'key', {
      alias: `alias/${sinkNames.base}`,
      description: 'What TEAM delivers to a SIEM',
      enableKeyRotation: true,
      policy: siemKeyPolicy(environment, sinkNames.logGroupArn, writers, readers),
    });
    deliverRecorded(this, setting, sinkNames, key, this.#target(setting, sink, sinkNames, key));
    raiseAlarms(this, names.prefix, Topic.fromTopicArn(this, 'alarms', names.alarmTopicArn), sinkWatches(sink, sinkNames, names));
  }

  #target(setting: StackSetting, sink: SiemSink, names: ReturnType<typeof sinkNamesOf>, key: Key): RuleTarget {
    if (sink.kind === 'api-destination') {
      // After an hour it is laid down, and somebody is told: a day of trying would be a day in which nobody knows.
      return { arn: destinationOf(this, names, sink).attrArn, actions: ['events:InvokeApiDestination'], patienceSeconds: 3_600 };
    }
    const parts = { setting, names, key, bucket: makeSinkBucket(this, names, setting.environment.accounts.team, key, sink.keptDays, sink.readers) };
    const stream = sink.kind === 'firehose-s3' ? streamToS3(this, parts) : streamToSplunk(this, parts, sink);
    return { arn: stream.attrArn, actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'], patienceSeconds: 86_400 };
  }
}
