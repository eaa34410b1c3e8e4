import type { JsonObject } from '../cloud/json.ts';
import { onNothing, place, textIn, type Ground, type Need, type ServiceReference } from './authorization.ts';

/** `https://…/111122223333/name` */
const onQueue = (input: JsonObject, { organization }: Ground): Need[] => {
  const [account, name] = textIn(input, 'QueueUrl').split('/').slice(-2);
  return [{ resource: `arn:aws:sqs:${organization.Region}:${account ?? ''}:${name ?? ''}` }];
};
/** IAM knows no rights of their own for several at once: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html */
const each = (action: string) => (input: JsonObject, ground: Ground): Need[] => onQueue(input, ground).map((need) => ({ ...need, action }));
const named = (input: JsonObject, ground: Ground): Need[] => [{ resource: `arn:aws:sqs:${place(ground)}:${textIn(input, 'QueueName')}` }];
const source = (input: JsonObject): Need[] => [{ resource: textIn(input, 'SourceArn') }];

/** What moving takes beside starting it: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html */
const moving = (input: JsonObject): Need[] => [
  ...['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => ({ action, resource: textIn(input, 'SourceArn') })),
  ...(input.DestinationArn === undefined ? [] : [{ action: 'SendMessage', resource: textIn(input, 'DestinationArn') }]),
];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html */
export const sqs: ServiceReference = {
  prefix: 'sqs',
  actions: {
    SendMessage: onQueue,
    SendMessageBatch: each('SendMessage'),
    ReceiveMessage: onQueue,
    DeleteMessage: onQueue,
    DeleteMessageBatch: each('DeleteMessage'),
    ChangeMessageVisibility: onQueue,
    ChangeMessageVisibilityBatch: each('ChangeMessageVisibility'),
    CreateQueue: named,
    DeleteQueue: onQueue,
    GetQueueUrl: named,
    ListQueues: onNothing,
    ListDeadLetterSourceQueues: onQueue,
    GetQueueAttributes: onQueue,
    SetQueueAttributes: onQueue,
    PurgeQueue: onQueue,
    StartMessageMoveTask: moving,
    ListMessageMoveTasks: source,
  },
};
