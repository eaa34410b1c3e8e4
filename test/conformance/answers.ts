import { AssertionError } from 'node:assert';
import type { Place } from './place.ts';

/** The error that a call ends with. Fails where it is answered, or with an error of another name. */
export async function refusal(call: Promise<unknown>, name: RegExp): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || !name.test(error.name)) throw error;
    return error;
  }
  throw new AssertionError({ message: `was accepted, and should be refused with ${name.source}` });
}

/** Asks again each second until there is an answer. Fails after so many seconds of the place's time. */
export async function eventually<Answer>(place: Place, what: string, seconds: number, ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (let passed = 0; ; passed += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (passed >= seconds) throw new AssertionError({ message: `${what}: not within ${seconds} s` });
    await place.pass(1);
  }
}

/** Every item of a listing, page by page, as far as there is a token; and how many pages had items. */
export async function pagesOf<Item>(read: (token: string | undefined) => Promise<{ items: readonly Item[]; next: string | undefined }>): Promise<readonly (readonly Item[])[]> {
  const pages: (readonly Item[])[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await read(token);
    // A page may be empty although others follow.
    if (items.length > 0) pages.push(items);
    token = next;
  } while (token !== undefined);
  return pages;
}

/** Everything that a paginator of the SDK gives. */
export async function every<Page, Item>(pages: AsyncIterable<Page>, itemsOf: (page: Page) => readonly Item[] | undefined): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}
