import { DescribeEventBusCommand } from '@aws-sdk/client-eventbridge';
import type { ConformanceOptions } from './options.ts';
import type { Place } from './place.ts';

/** What a run on a real account makes and changes there, said before it begins. Only asks which account it is. */
export async function planLines({ clients, sandbox }: Place, { account, permissionSet, user, signingKey, slow }: ConformanceOptions): Promise<string[]> {
  // Every account has a default bus, whose ARN names account and Region.
  const { Arn = '' } = await clients.eventBridge.send(new DescribeEventBusCommand({}));
  const [, , , region = '?', ownAccount = '?'] = Arn.split(':');
  const assigned =
    account === undefined || permissionSet === undefined || user === undefined
      ? []
      : [
          `  in account ${account}: ${permissionSet} is assigned to user ${user} and to users made for it, and taken away`,
          '  in IAM Identity Center: some users and groups, and a permission set that is assigned to nobody',
        ];
  return [
    `In account ${ownAccount}, ${region}, under names that begin with ${sandbox.prefix}:`,
    '  a DynamoDB table, some SQS queues, an event bus with a rule and an archive',
    ...assigned,
    ...(signingKey === undefined ? [] : [`  some signatures with ${signingKey}`]),
    `It takes ${slow ? 'a quarter of an hour' : 'some minutes'} and costs less than a dollar. Everything is removed at the end, also after a Ctrl-C; a second one leaves things behind.`,
    '',
  ];
}
