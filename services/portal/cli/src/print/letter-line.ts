import { deliveredEvent, describe } from '@team/contracts';
import * as z from 'zod';
import type { DeadLetter } from '../cloud/dead-letters.ts';
import { moment, printable, shortId } from './printable.ts';
import { jsonIn } from '../json-in.ts';

/** What a message was, since when it is not handled, how often it was tried, and why it was laid down. */
export function letterLine({ body, code, message, since, receives }: DeadLetter): string {
  const why = code === undefined ? 'received too often; the service logged why' : `${code}: ${message ?? ''}`;
  return printable(`${moment(new Date(since).toISOString())}  ${receives}×  ${whatItWas(body)}  ${why}`);
}

const timer = z.object({ timer: z.string() });

function whatItWas(body: string): string {
  const json = jsonIn(body);
  const event = deliveredEvent.safeParse(json).data;
  if (event !== undefined) {
    const { source, 'detail-type': detailType, detail } = event;
    const metadata = z.object({ requestId: z.string() }).safeParse(detail['metadata']).data;
    const request = metadata === undefined ? '' : `  ${shortId(metadata.requestId)}`;
    return `${source} → ${detailType}${request}  ${describe(detailType, detail['data'])}`.trimEnd();
  }
  const due = timer.safeParse(json).data;
  return due === undefined ? `no event: ${body.length > 60 ? `${body.slice(0, 59)}…` : body}` : `timer of ${due.timer}`;
}
