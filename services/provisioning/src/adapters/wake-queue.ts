import type { NewId } from '@team/runtime';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Wake } from '../application/ports.ts';

/**
 * Wakes the dispatcher by a message that says nothing but "look". Wakes after commits share one message group, so that one pass at a
 * time runs for any number of them. A pass that dies keeps its group closed until its message is visible again; wakes by the clock
 * therefore have a group of their own. That two passes never drive at once is the lease's doing, not the queue's.
 */
export function wakeQueue(sqs: SQSClient, queueUrl: string, newId: NewId): Wake {
  return async (by) => {
    const id = newId();
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ wake: by }), MessageGroupId: by, MessageDeduplicationId: id }),
    );
  };
}
