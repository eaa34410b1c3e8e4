import { someone } from '../../test/examples.ts';
import { assignmentKey } from '../domain/assignment.ts';
import type { Waiting } from '../domain/dispatcher/choose.ts';
import { chooseFrom, mostRead, restAfter } from './pass-choice.ts';

const of = (principal: number, accountId: string): Waiting => ({
  key: assignmentKey({ ...someone, principalId: `person-${principal}`, accountId }),
  since: principal,
});
const many = (count: number, accountId: string) => Array.from({ length: count }, (_, n) => of(n, accountId));
const nothing = { underWay: [], begun: {} };
const nobody = () => false;

/** Pages of 250, and how many of them were read. */
function paged(waiting: readonly Waiting[]) {
  const read = { pages: 0 };
  async function* pages() {
    for (let from = 0; from < waiting.length; from += 250) {
      read.pages += 1;
      yield waiting.slice(from, from + 250);
    }
  }
  return { pages: pages(), read };
}

describe('what waits', () => {
  const hidden = [of(20_000, 'b'), of(20_001, 'c')];
  const keys = hidden.map(({ key }) => key);

  it('behind thousands of one role that is busy is chosen', async () => {
    const { pages } = paged([...many(3_000, 'a'), ...hidden]);
    const { chosen } = await chooseFrom(pages, { underWay: [of(99_999, 'a')], begun: {} }, 2, nobody);
    expect(chosen.map(({ key }) => key)).toEqual(keys);
  });

  it('behind thousands of one role of which one can be begun is chosen with it', async () => {
    const { pages } = paged([...many(3_000, 'a'), ...hidden]);
    const { chosen } = await chooseFrom(pages, nothing, 3, nobody);
    expect(chosen.map(({ key }) => key)).toEqual([of(0, 'a').key, ...keys]);
  });

  it('behind more than are read at most waits, and no further page is asked for', async () => {
    const { pages, read } = paged([...many(mostRead + 1_000, 'a'), ...hidden]);
    const choice = await chooseFrom(pages, nothing, 3, nobody);
    expect(choice).toEqual({ chosen: [{ key: of(0, 'a').key }], read: mostRead });
    expect(read.pages).toBe(mostRead / 250);
  });

  it('is read no further than there is room for', async () => {
    const { pages, read } = paged(Array.from({ length: 3_000 }, (_, n) => of(n, String(n))));
    const { chosen } = await chooseFrom(pages, nothing, 5, nobody);
    expect(chosen).toHaveLength(5);
    expect(read.pages).toBe(1);
  });

  it('and is passed over for now is not chosen', async () => {
    const { pages } = paged(hidden);
    const { chosen } = await chooseFrom(pages, nothing, 2, (key) => key === keys[0]);
    expect(chosen.map(({ key }) => key)).toEqual([keys[1]]);
  });
});

it('who had to read far chooses again so much later that no more than 5,000 a second are read', () => {
  expect([250, 1_000, 6_000, mostRead].map(restAfter)).toEqual([0, 0, 1_000, 1_800]);
});
