/** Makes a queue and a rule that brings it the approvals, and reads it until Ctrl-C. */
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const eventBridge = new EventBridgeClient({});
const sqs = new SQSClient({});

/** What this subscriber uses of an event; whatever else is in it is left alone. */
interface ApprovalEvent {
  readonly 'detail-type': string;
  readonly detail: {
    readonly metadata: { readonly eventId: string };
    readonly data: { readonly requestId: string };
  };
}

async function subscribe(): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'service-desk-approvals' }));
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const rule = { Name: 'service-desk-approvals', EventBusName: 'team' };
  // By source as well as by detail-type: only the approval service may publish under team.approval.
  const pattern = { source: ['team.approval'], 'detail-type': ['ApprovalRequested.v1', 'AccessApproved.v1', 'AccessDenied.v1'] };
  await eventBridge.send(new PutRuleCommand({ ...rule, EventPattern: JSON.stringify(pattern) }));
  const targets = [{ Id: 'queue', Arn: Attributes['QueueArn'] }];
  const { FailedEntryCount } = await eventBridge.send(new PutTargetsCommand({ Rule: rule.Name, EventBusName: rule.EventBusName, Targets: targets }));
  if (FailedEntryCount !== 0) throw new Error('the rule did not take the queue');
  return QueueUrl;
}

/** Yours to write. The same event may come twice, and AccessApproved before ApprovalRequested: store eventId with what you do. */
function handle({ 'detail-type': detailType, detail: { metadata, data } }: ApprovalEvent): void {
  console.log(`${detailType} request ${data.requestId} event ${metadata.eventId}`);
}

const queueUrl = await subscribe();
console.log('subscribed');
for (;;) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }));
  for (const { Body = '', ReceiptHandle } of Messages) {
    handle(JSON.parse(Body) as ApprovalEvent);
    // Only what was handled is deleted; what was not comes again.
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
}
