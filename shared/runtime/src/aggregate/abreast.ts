/**
 * Works on items as they come, on up to `most` at once. Goes through all of them also where some fail; then rejects with the first
 * failure, when nothing is under way any more.
 */
export async function abreast<Item>(items: AsyncIterable<Item>, most: number, work: (item: Item) => Promise<void>): Promise<void> {
  const coming = items[Symbol.asyncIterator]();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let next = await coming.next(); next.done !== true; next = await coming.next()) {
      await work(next.value).catch((error: unknown) => failures.push(error));
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: most }, lane));
  failures.push(...ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : [])));
  if (failures.length > 0) throw failures[0];
}
