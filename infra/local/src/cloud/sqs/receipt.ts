import { AwsError } from '../aws-error.ts';

/** What a receipt handle says: which message, and which of its receives. */
export interface Receipt {
  readonly messageId: string;
  readonly receiveCount: number;
}

export function receiptHandle(queue: string, { messageId, receiveCount }: Receipt): string {
  return Buffer.from(`${queue}:${messageId}:${receiveCount}`).toString('base64');
}

/** Throws `ReceiptHandleIsInvalid` for a handle that this queue never gave. */
export function parseReceipt(queue: string, handle: string): Receipt {
  const [name, messageId, count] = Buffer.from(handle, 'base64').toString('utf8').split(':');
  if (name !== queue || messageId === undefined || !/^\d+$/.test(count ?? '')) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle.slice(0, 100)}" is not a valid receipt handle.`, 404);
  }
  return { messageId, receiveCount: Number(count) };
}
