/** A subscriber of `AuditRecorded`, as a SIEM without Firehose or API destination would have one: a queue, a rule, and a loop. */
import { PutRuleCommand, PutTargetsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { auditRecordedV1 } from '@team/contracts';
import type { SiemLedger } from './siem-ledger.ts';

/** Where the events come from, and who subscribes: its name is that of the queue and of the rule. */
export interface Subscription {
  readonly eventBridge: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly busName: string;
  readonly name: string;
  /** TEAM's account: what comes from another is not TEAM's word. */
  readonly account: string;
}

/** Makes queue and rule, as often as it is called; gives the queue's URL. */
export async function subscribe({ eventBridge, sqs, busName, name, account }: Subscription): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const EventPattern = JSON.stringify({ account: [account], source: [auditRecordedV1.source], 'detail-type': [auditRecordedV1.detailType] });
  await eventBridge.send(new PutRuleCommand({ Name: name, EventBusName: busName, EventPattern }));
  const { FailedEntryCount } = await eventBridge.send(new PutTargetsCommand({ Rule: name, EventBusName: busName, Targets: [{ Id: 'queue', Arn: Attributes['QueueArn'] }] }));
  if (FailedEntryCount !== 0) throw new Error('the rule did not take the queue');
  return QueueUrl;
}

/**
 * Takes what waits in the queue: each event once to `index`, which is yours, and which is given the OCSF object. Gives how many messages there
 * were. What `index` rejects is not deleted and comes again.
 */
export async function takeWaiting(sqs: SQSClient, queueUrl: string, ledger: SiemLedger, index: (ocsf: object) => Promise<void>, now: () => number, waitSeconds = 0): Promise<number> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: waitSeconds, MaxNumberOfMessages: 10 }));
  for (const { Body = '', ReceiptHandle } of Messages) {
    const { metadata, data } = auditRecordedV1.parse((JSON.parse(Body) as { detail: unknown }).detail);
    if (ledger.isNew(metadata.eventId)) await index(data.ocsf);
    ledger.take(metadata.eventId, data, now());
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
  return Messages.length;
}
