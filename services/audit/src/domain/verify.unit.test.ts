import { messageOf, reading, recordOfWord, requestId, start } from '../../test/events.ts';
import { nextHead, placeOfLast, type ChainedRecord, type Head } from './chain.ts';
import { maximumProblems } from './problems.ts';
import { recordOf } from './record.ts';
import { verifyChain } from './verify.ts';

const words = ['one', 'two', 'three', 'four', 'five', 'six'];

function chainOf(of: readonly string[] = words) {
  const records: ChainedRecord[] = [];
  let head: Head | undefined;
  for (const word of of) {
    const record = recordOfWord(word);
    head = nextHead(head, record, reading.digest);
    records.push({ ...record, place: placeOfLast(head) });
  }
  if (head === undefined) throw new Error('a chain of nothing');
  return { records, head };
}

const chain = recordOfWord('one').chain;

async function verify(records: readonly ChainedRecord[], head: Head | undefined) {
  const inOrder = records.toSorted((a, b) => a.place.seq - b.place.seq);
  return verifyChain(chain, head, (async function* () { yield* inOrder; })(), reading);
}

async function kindsOf(records: readonly ChainedRecord[], head: Head | undefined) {
  return (await verify(records, head)).problems.map(({ seq, kind }) => `${kind} ${seq ?? ''}`.trim());
}

/** The records with the one at a seq replaced by what is made of it. */
type Make = (record: ChainedRecord) => ChainedRecord | undefined;
const replacing = (records: readonly ChainedRecord[], seq: number, make: Make): ChainedRecord[] =>
  records.flatMap((record) => (record.place.seq === seq ? (make(record) ?? []) : [record]));

/** What somebody writes who knows how records are made, and puts other words in a place. */
const forged = (word: string) => ({ place }: ChainedRecord): ChainedRecord => ({ ...recordOfWord(word), place });

describe('a chain as it was written', () => {
  it('has no problems', async () => {
    const { records, head } = chainOf();
    expect(await verify(records, head)).toEqual({ records: 6, problems: [], omitted: 0 });
  });

  it('that does not exist has none either', async () => {
    expect(await verify([], undefined)).toEqual({ records: 0, problems: [], omitted: 0 });
  });
});

describe('verification finds', () => {
  const { records, head } = chainOf();
  const at = (seq: number): ChainedRecord => {
    const found = records[seq - 1];
    if (found === undefined) throw new Error(`nothing at ${seq}`);
    return found;
  };
  const swapped = (one: number, other: number, parts: (keyof ChainedRecord['place'])[]) => {
    const taking = (from: ChainedRecord['place'], to: ChainedRecord['place']) => {
      return { ...from, ...Object.fromEntries(parts.map((part) => [part, to[part]])) };
    };
    const withOne = replacing(records, one, (record) => ({ ...record, place: taking(record.place, at(other).place) }));
    return withOne.map((record) => (record.key === at(other).key ? { ...record, place: taking(record.place, at(one).place) } : record));
  };
  const changed = (seq: number, parts: (record: ChainedRecord) => Partial<ChainedRecord>) =>
    replacing(records, seq, (record) => ({ ...record, ...parts(record) }));
  const foreign = recordOf(messageOf('one', { metadata: { requestId: 'none' } }), start, reading);

  it.each<[string, ChainedRecord[], Head | undefined, string[]]>([
    ['a changed byte', changed(3, ({ raw }) => ({ raw: raw.replace('three', 'threE') })), head, ['changed 3']],
    ['a changed byte that means nothing', changed(3, ({ raw }) => ({ raw: `${raw} ` })), head, ['changed 3']],
    ['a changed request id', changed(3, ({ raw }) => ({ raw: raw.replaceAll(requestId, '-') })), head, ['changed 3']],
    ['a text that is no event any more', changed(3, () => ({ raw: '' })), head, ['changed 3']],
    ['another event in its place', replacing(records, 3, forged('forged')), head, ['changed 3']],
    ['another event at the end', replacing(records, 6, forged('forged')), head, ['changed 6']],
    ['a changed time of recording', changed(3, ({ raw }) => recordOf(raw, '2026-11-22T09:00:00.000Z', reading)), head, ['changed 3']],
    ['a changed hash', changed(3, ({ place }) => ({ place: { ...place, hash: 'f'.repeat(64) } })), head, ['changed 3']],
    ['a changed pointer', changed(3, ({ place }) => ({ place: { ...place, previous: at(1).key } })), head, ['changed 3']],
    ['a pointer before the first', changed(1, ({ place }) => ({ place: { ...place, previous: at(2).key } })), head, ['changed 1']],
    ['a place that is none', changed(6, ({ place }) => ({ place: { ...place, seq: 0.5 } })), head, ['changed 0.5', 'truncated 6']],
    ['a changed head', records, { ...head, hash: 'f'.repeat(64) }, ['changed 6']],
    ['a head that names another record', records, { ...head, last: at(2).key }, ['changed 6']],
    ['a head that names another record before the last', records, { ...head, previous: at(2).key }, ['changed 6']],
    ['the first record gone', replacing(records, 1, () => undefined), head, ['missing 1']],
    ['a record gone', replacing(records, 3, () => undefined), head, ['missing 3']],
    ['records gone', replacing(replacing(records, 3, () => undefined), 4, () => undefined), head, ['missing 3']],
    ['a copy beside the record', [...records, { ...at(3), key: `${at(3).key}x` }], head, ['doubled 3']],
    ['another record beside it', [...records, { ...recordOfWord('more'), place: at(3).place }], head, ['doubled 3']],
    ['a copy at the end', [...records, { ...at(3), key: `${at(3).key}x`, place: { ...at(6).place, seq: 7 } }], head, ['doubled 7']],
    ['two neighbours swapped', swapped(2, 3, ['seq', 'hash', 'previous']), head, ['reordered 2', 'reordered 3']],
    ['two neighbours swapped, with their hashes', swapped(2, 3, ['seq']), head, ['reordered 2', 'reordered 3']],
    ['two records swapped', swapped(2, 5, ['seq', 'hash', 'previous']), head, ['reordered 2', 'reordered 5']],
    ['the tail gone', records.slice(0, 4), head, ['truncated 5']],
    ['all records gone', [], head, ['truncated 1']],
    ['the head set back', records, { ...at(4).place, last: at(4).key }, ['truncated 5']],
    ['the head gone', records, undefined, ['truncated 1']],
    ['a record of another chain', [...records, { ...foreign, chain, place: { ...at(6).place, seq: 7 } }], head, ['foreign 7']],
    ['a record that was never appended', [...records, { ...recordOfWord('more'), place: { ...at(6).place, seq: 7 } }], head, ['foreign 7']],
  ])('%s', async (_, tampered, headNow, problems) => {
    expect(await kindsOf(tampered, headNow)).toEqual(problems);
  });

  it('a change of any single character of anything that is stored', async () => {
    for (const victim of records) {
      for (const [field, value] of Object.entries({ ...victim, ...victim.place })) {
        if (typeof value !== 'string') continue;
        for (const position of [0, Math.floor(value.length / 2), value.length - 1]) {
          const other = value[position] === '0' ? '1' : '0';
          const part = { [field]: value.slice(0, position) + other + value.slice(position + 1) };
          const tampered = changed(victim.place.seq, ({ place }) => (field in place ? { place: { ...place, ...part } } : part));
          expect([field, position, await kindsOf(tampered, head)]).not.toEqual([field, position, []]);
        }
      }
    }
  });

  it('more than it lists, and counts the rest', async () => {
    const many = chainOf(Array.from({ length: maximumProblems + 20 }, (_, i) => `word ${i}`));
    const wrecked = many.records.map((record) => ({ ...record, raw: '{}' }));
    const { problems, omitted } = await verify(wrecked, many.head);
    expect([problems.length, omitted]).toEqual([maximumProblems, 20]);
  });
});
