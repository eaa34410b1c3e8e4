import type { RequestsAnswer, RequestSummary } from '@team/contracts';
import type { Output } from '../context.ts';
import { shownToPeople } from '../options.ts';
import { csvOf } from './csv.ts';
import { requestLines, requestRows } from './request-rows.ts';

/** How an answer about requests is printed. */
export interface Form {
  readonly json?: true;
  readonly jsonl?: true;
  readonly csv?: true;
  readonly limit?: number;
}

/** Requests that are asked for at a time. */
const pageSize = 200;

type Page = (page: { readonly after?: string; readonly limit: number }) => Promise<RequestsAnswer>;

/** Says an answer page by page, and how many requests it had: nothing is kept, and the next page is asked for when there is room for it. */
export async function sayRequests({ say, remark, roomForMore = async () => undefined, signal }: Output & { readonly signal: AbortSignal }, form: Form, pageOf: Page): Promise<number> {
  const most = form.limit ?? (form.json ?? form.jsonl ?? form.csv ?? false ? Infinity : shownToPeople);
  const said = writerOf(form, say);
  let count = 0;
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const { requests, next } = await pageOf({ ...(after === undefined ? {} : { after }), limit: Math.min(pageSize, most - count) });
    said.page(requests);
    await roomForMore();
    count += requests.length;
    after = next;
    if (after === undefined || count >= most) break;
  }
  said.end();
  if (count === 0) remark('Nothing of this is recorded.');
  else if (count >= most) remark(`The first ${count}; --limit shows more.`);
  return count;
}

interface Writer {
  page(requests: readonly RequestSummary[]): void;
  end(): void;
}

function writerOf({ json, jsonl, csv }: Form, say: Output['say']): Writer {
  let begun = false;
  const page = (requests: readonly RequestSummary[]): void => {
    if (requests.length === 0) return;
    if (csv === true) say(csvOf(requests.flatMap(requestRows), !begun));
    else if (jsonl === true) say(requests.map((request) => JSON.stringify(request)).join('\n'));
    else if (json === true) say(`${begun ? ',' : '['}${requests.map((request) => JSON.stringify(request)).join(',\n')}`);
    else for (const line of requests.flatMap(requestLines)) say(line);
    begun = true;
  };
  return { page, end: () => (json === true ? say(begun ? ']' : '[]') : undefined) };
}
