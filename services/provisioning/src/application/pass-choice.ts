import { beginnable, chooseNext, type Candidate, type Served, type Waiting } from '../domain/dispatcher/choose.ts';

/** So many that wait longest and could be begun are compared, unless fewer show that nobody could come before: 20 requests have as many targets. */
const considered = 1_000;
/** So many of a class are read at most for one choice. Where more than these wait for busy roles, those behind are seen when some have gone. */
export const mostRead = 10_000;
/**
 * What is read beyond those compared is read at this rate (per ms). An item of about 2 KB costs a quarter of a read unit, and one
 * partition gives 3,000 units a second.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
const readPerMs = 5;

export interface ClassChoice {
  readonly chosen: readonly Candidate[];
  /** How many were read for it. */
  readonly read: number;
}

/** How long nobody chooses again after so many were read (ms). */
export function restAfter(read: number): number {
  return Math.max(0, read - considered) / readPerMs;
}

/**
 * The next of one class to work on, as many as there is room for, of pages that begin with whoever waits longest. Those whose role is
 * busy can be as many as they like: they neither count nor are kept.
 */
export async function chooseFrom(
  pages: AsyncIterable<readonly Waiting[]>,
  { underWay, begun }: Served,
  room: number,
  isPassedOver: (key: string) => boolean,
): Promise<ClassChoice> {
  /** Chosen for good: nobody who could still come before them is compared any more. */
  const settled: Candidate[] = [];
  let best: readonly Candidate[] = [];
  let waiting: Waiting[] = [];
  let read = 0;
  for await (const page of pages) {
    const served = { underWay: [...underWay, ...settled], begun };
    waiting.push(...beginnable(page, served.underWay).filter(({ key }) => !isPassedOver(key)));
    read += page.length;
    const choice = chooseNext(waiting, served, room - settled.length);
    best = choice.chosen;
    if (choice.final || read >= mostRead) break;
    if (waiting.length < considered) continue;
    settled.push(...best);
    best = [];
    if (settled.length >= room) break;
    waiting = [];
  }
  return { chosen: [...settled, ...best], read };
}
