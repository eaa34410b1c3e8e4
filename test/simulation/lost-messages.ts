import { createHash } from 'node:crypto';
import type { JsonObject } from '../../infra/local/src/cloud/json.ts';
import { textIn, type ServiceCall } from './invocation.ts';

const md5 = (text: unknown): string => createHash('md5').update(String(text)).digest('hex');
const nobody = '00000000-0000-4000-8000-000000000000';

/** Whether a call sends messages to a queue of timers. */
export const sendsTimers = (call: ServiceCall): boolean => call.action.startsWith('SendMessage') && textIn(call, 'QueueUrl').includes('timers');

/** A message on its way to a queue. */
export interface Message {
  readonly queueUrl: string;
  readonly delaySeconds: number;
}

/** The messages of a call, or none where it sends none. */
export function messagesOf(call: ServiceCall): Message[] {
  const { action, input } = call;
  const queueUrl = textIn(call, 'QueueUrl');
  const message = ({ DelaySeconds }: JsonObject): Message => ({ queueUrl, delaySeconds: Number(DelaySeconds ?? 0) });
  if (action === 'SendMessage') return [message(input)];
  return action === 'SendMessageBatch' ? entriesOf(input).map(message) : [];
}

/** What the queue answers that takes these messages of a call, by their place in it, and then loses them; the others are sent. */
export async function loseMessages({ action, input }: ServiceCall, lost: readonly boolean[], send: (input: JsonObject) => Promise<JsonObject>): Promise<JsonObject> {
  if (action === 'SendMessage') return { MessageId: nobody, MD5OfMessageBody: md5(input['MessageBody']) };
  const entries = entriesOf(input);
  const kept = entries.filter((_, i) => lost[i] !== true);
  const answer = kept.length === 0 ? { Successful: [], Failed: [] } : await send({ ...input, Entries: kept });
  // The SDK compares the digests: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
  const taken = entries.filter((_, i) => lost[i] === true).map(({ Id, MessageBody }) => ({ Id, MessageId: nobody, MD5OfMessageBody: md5(MessageBody) }));
  return { ...answer, Successful: [...(answer['Successful'] as JsonObject[]), ...taken] };
}

const entriesOf = ({ Entries }: JsonObject): JsonObject[] => (Array.isArray(Entries) ? (Entries as JsonObject[]) : []);
