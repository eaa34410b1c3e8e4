import { createHash } from 'node:crypto';
import type { JsonObject } from '../../infra/local/src/cloud/json.ts';
import type { ServiceCall } from './driver.ts';

const md5 = (text: unknown): string => createHash('md5').update(String(text)).digest('hex');
const nobody = '00000000-0000-4000-8000-000000000000';

/** Whether a call sends messages to a queue of timers. */
export const sendsTimers = ({ action, input }: ServiceCall): boolean => action.startsWith('SendMessage') && String(input['QueueUrl']).includes('timers');

/**
 * The answer of a queue that takes messages and then loses them; the SDK compares the digests.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export function taken({ action, input }: ServiceCall): JsonObject {
  if (action === 'SendMessage') return { MessageId: nobody, MD5OfMessageBody: md5(input['MessageBody']) };
  const entries = (Array.isArray(input['Entries']) ? input['Entries'] : []) as JsonObject[];
  return { Successful: entries.map(({ Id, MessageBody }) => ({ Id, MessageId: nobody, MD5OfMessageBody: md5(MessageBody) })), Failed: [] };
}
