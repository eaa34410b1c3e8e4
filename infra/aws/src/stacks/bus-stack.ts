import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnArchive, CfnEventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { busPolicy } from '../access/bus-policy.ts';
import { busKeyPolicy } from '../access/key-policy.ts';
import { makeLastQueue } from '../parts/queues.ts';
import { registerSchemas } from '../parts/schemas.ts';
import type { StackSetting } from './setting.ts';

/** The bus, who may put what on it, its archive, and the registry of its contracts. */
export class BusStack extends Stack {
  constructor(parent: Construct, { environment, names, stackProps }: StackSetting) {
    super(parent, names.stack('bus'), { ...stackProps, description: `TEAM ${environment.name}: the bus` });
    const key = new Key(this, 'key', {
      alias: `alias/${names.prefix}-bus`,
      description: 'Events on the bus of TEAM, and in its archive',
      enableKeyRotation: true,
      policy: busKeyPolicy(environment, names),
    });
    const readers = [...environment.roles.operators, environment.roles.breakGlass];
    // Events that could not be encrypted or decrypted.
    const deadLetters = makeLastQueue(this, 'dlq', `${names.prefix}-bus-dlq`, names, key, readers, names.busArn);
    const bus = new CfnEventBus(this, 'bus', {
      name: names.busName,
      description: 'Everything that TEAM is asked, decides and does',
      kmsKeyIdentifier: key.keyArn,
      deadLetterConfig: { arn: deadLetters.queueArn },
      policy: busPolicy(environment, names),
    });
    const archive = new CfnArchive(this, 'archive', {
      archiveName: names.prefix,
      description: 'Every event, for as long as the environment says',
      sourceArn: bus.attrArn,
      retentionDays: environment.retention.eventsDays,
      kmsKeyIdentifier: key.keyArn,
    });
    archive.applyRemovalPolicy(RemovalPolicy.RETAIN);
    registerSchemas(this, names.prefix);
  }
}
