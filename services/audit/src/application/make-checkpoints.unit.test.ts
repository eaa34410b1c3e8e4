import { uuidFrom } from '@team/testing';
import { hourOf, verifyArchive } from '@team/trail';
import { appendTo, messageOf, reading, start } from '../../test/events.ts';
import { archiveInMemory, checkingOver, sha256OfBytes, signer } from '../../test/archive-in-memory.ts';
import { trailInMemory } from '../../test/trail-in-memory.ts';
import { recordOf } from '../domain/record.ts';
import { makeCheckpoints } from './make-checkpoints.ts';
import { verifyCheckpoints, verifyListing } from './verify-checkpoints.ts';

const hour = 3_600_000;
const minute = 60_000;

/** A trail, its archive, and who makes checkpoints of it, at a time that the test sets. */
function audit(before?: (operation: string) => Promise<void>) {
  const trail = trailInMemory();
  const archive = archiveInMemory(before);
  // The hour before can be signed, and is first.
  let now = Date.parse(start) + 2 * minute;
  const clock = (): number => now;
  const logged: string[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (message: string) => void logged.push(message) };
  const making = () => makeCheckpoints({ ledger: archive, trail, archive, signer, sha256: sha256OfBytes, digest: reading.digest, clock, log });
  const checking = checkingOver(trail, archive, clock);
  return {
    trail,
    archive,
    logged,
    making,
    at: (ms: number) => void (now = Date.parse(start) + ms),
    async record(word: string, request = 'a request') {
      const record = recordOf(messageOf(word, { metadata: { requestId: uuidFrom(request) } }), new Date(now).toISOString(), reading);
      await appendTo(trail)(record);
      archive.move(record.chain, hourOf(now));
    },
    numbers: () => [...archive.objects.keys()].filter((key) => key.endsWith('checkpoint.jws')).length,
    offline: () => verifyArchive({ async *keys() { yield* archive.objects.keys(); }, read: async (key) => archive.objects.get(key) }, checking.reading),
    online: (hours = {}) => verifyCheckpoints(checking, hours),
    listing: (chain: string) => verifyListing(checking, chain),
  };
}

const whole = { problems: [], omitted: 0 };

describe('a checkpoint', () => {
  it('is made of an hour two minutes after its end, once, with the records of the chains that moved', async () => {
    const { making, at, record, numbers, offline, online } = audit();
    const make = making();
    await make();
    for (const word of ['one', 'two']) await record(word);
    await record('three', 'another request');
    at(hour + minute);
    await make();
    expect(numbers()).toBe(1);
    at(hour + 2 * minute);
    await make();
    await make();
    expect(numbers()).toBe(2);
    expect(await offline()).toMatchObject({ ...whole, checkpoints: 2, chains: 2, records: 3 });
    expect(await online()).toMatchObject({ checkpoints: 2, findings: whole });
  });

  it('begins a chain where the one before left it', async () => {
    const { making, at, record, archive, offline } = audit();
    await making()();
    for (let n = 0; n < 5; n += 1) {
      at(n * hour + 30 * minute);
      await record(`word ${n}`);
      await record(`other ${n}`);
      at((n + 1) * hour + 2 * minute);
      await making()();
    }
    const lists = [...archive.objects].filter(([key]) => key.endsWith('heads.jsonl')).map(([, bytes]) => Buffer.from(bytes).toString());
    expect(lists.filter((text) => text !== '').map((text) => JSON.parse(text) as { seq: number; from?: { seq: number } }).map(({ seq, from }) => [from?.seq ?? 0, seq])).toEqual([[0, 2], [2, 4], [4, 6], [6, 8], [8, 10]]);
    expect(await offline()).toMatchObject({ ...whole, records: 10 });
  });

  it('is made for every hour of an outage, one after the other', async () => {
    const { making, at, record, numbers, offline } = audit();
    await making()();
    await record('one');
    at(30 * hour);
    await making()();
    expect(numbers()).toBe(30);
    expect(await offline()).toMatchObject({ ...whole, records: 1 });
  });

  it('lists a chain that never rests, which is always in the index of a later hour', async () => {
    const { making, at, record, offline } = audit();
    await making()();
    await record('one');
    at(hour + minute);
    await record('two');
    at(hour + 2 * minute);
    await making()();
    expect(await offline()).toMatchObject({ ...whole, records: 2 });
  });

  it('is the same whoever makes it, after others who were stopped anywhere while the trail went on', async () => {
    let operations = 0;
    const counted = audit(async () => void (operations += 1));
    await counted.making()();
    await counted.record('one');
    counted.at(hour + 2 * minute);
    operations = 0;
    await counted.making()();
    expect(operations).toBe(6); // heads, records, key, checkpoint, listed, latest
    for (let stopAt = 1; stopAt <= operations; stopAt += 1) {
      let count = Number.NEGATIVE_INFINITY;
      let stopped = (): void => undefined;
      const reached = new Promise<void>((resolve) => (stopped = resolve));
      // Stopped for good: the operation is never answered.
      const { making, at, record, offline, online } = audit(() => (++count === stopAt ? new Promise(() => stopped()) : Promise.resolve()));
      await making()();
      await record('one');
      at(hour + 2 * minute);
      count = 0;
      void making()();
      await reached;
      await record('two');
      await making()();
      at(2 * hour + 2 * minute);
      await making()();
      expect([stopAt, await offline()]).toEqual([stopAt, expect.objectContaining({ ...whole, records: 2 })]);
      expect(await online()).toMatchObject({ findings: whole });
    }
  });

  it('begins with the hour in which the first was begun, also where that one was stopped anywhere and nobody went on for hours', async () => {
    // Before the first operation, which settles that hour, nothing was begun.
    for (let stopAt = 2; stopAt <= 5; stopAt += 1) {
      let count = 0;
      let stopped = (): void => undefined;
      const reached = new Promise<void>((resolve) => (stopped = resolve));
      const { making, at, record, numbers, offline, online } = audit(() => (++count === stopAt ? new Promise(() => stopped()) : Promise.resolve()));
      void making()();
      await reached;
      await record('one');
      at(3 * hour + 2 * minute);
      await making()();
      expect([stopAt, numbers(), await offline()]).toEqual([stopAt, 4, expect.objectContaining({ ...whole, records: 1 })]);
      expect(await online()).toMatchObject({ findings: whole });
    }
  });

  it('is the same for two who make it at once', async () => {
    const { making, at, record, numbers, offline } = audit(() => new Promise((resolve) => setImmediate(resolve)));
    await making()();
    for (const word of ['one', 'two']) await record(word);
    at(hour + 2 * minute);
    await Promise.all([making()(), making()(), making()()]);
    expect(numbers()).toBe(2);
    expect(await offline()).toMatchObject({ ...whole, records: 2 });
  });

  it('waits for a trail that does not hang together, and after two hours signs what there is and says so', async () => {
    const { trail, making, at, record, logged, numbers, offline } = audit();
    await making()();
    for (const word of ['one', 'two']) await record(word);
    for (const [key, stored] of [...trail.records].slice(0, 1)) trail.records.set(key, { ...stored, raw: `${stored.raw} ` });
    at(hour + 2 * minute);
    await expect(making()()).rejects.toThrow('does not lead to the head');
    expect(numbers()).toBe(1);
    at(2 * hour);
    await making()();
    expect(logged).toEqual(['a checkpoint is made of a trail that does not hang together: verify it']);
    expect((await offline()).problems.map(({ kind, seq }) => [kind, seq])).toEqual([['changed', 1]]);
  });
});

describe('against a checkpoint, the trail of today', () => {
  async function signed() {
    const made = audit();
    await made.making()();
    for (const word of ['one', 'two', 'three']) await made.record(word);
    made.at(hour + 2 * minute);
    await made.making()();
    const [chain = ''] = made.trail.heads.keys();
    return { ...made, chain };
  }
  const kindsOf = async ({ online, listing, chain }: Awaited<ReturnType<typeof signed>>) =>
    [(await online()).findings.problems, (await listing(chain)).findings.problems].map((problems) => problems.map(({ kind }) => kind));

  it('is whole, and may be longer', async () => {
    const made = await signed();
    await made.record('four');
    expect(await kindsOf(made)).toEqual([[], []]);
  });

  it('shows when a tail was cut off and the head set back, which no chain shows', async () => {
    const made = await signed();
    const [first, second, third] = [...made.trail.records.values()];
    made.trail.records.delete(third?.key ?? '');
    if (second?.place !== undefined) made.trail.heads.set(made.chain, { ...second.place, last: second.key, previous: first?.key ?? '' });
    expect(await kindsOf(made)).toEqual([['truncated'], ['truncated']]);
  });

  it('shows when a chain is gone with its head', async () => {
    const made = await signed();
    made.trail.records.clear();
    made.trail.heads.clear();
    expect(await kindsOf(made)).toEqual([['truncated'], ['truncated']]);
  });

  it('shows when a whole chain was written anew', async () => {
    const made = await signed();
    made.trail.records.clear();
    made.trail.heads.clear();
    for (const word of ['one', 'forged', 'three', 'four']) await made.record(word);
    expect(await kindsOf(made)).toEqual([['changed'], ['changed']]);
  });

  it('shows when checkpoints are missing: one, all, or those of the last hours', async () => {
    const made = await signed();
    const keys = [...made.archive.objects.keys()].filter((key) => key.endsWith('checkpoint.jws'));
    const kept = made.archive.objects.get(keys[1] ?? '') ?? new Uint8Array();
    made.archive.objects.delete(keys[1] ?? '');
    expect((await made.online()).findings.problems.map(({ kind, seq }) => [kind, seq])).toEqual([['missing-checkpoint', 2]]);
    made.archive.objects.set(keys[1] ?? '', kept);
    made.at(5 * hour);
    expect((await made.online()).findings.problems.map(({ message }) => message)).toEqual(['the checkpoint of the hour 2026-11-22T11 is missing', 'the checkpoint of the hour 2026-11-22T12 is missing']);
    made.archive.objects.clear();
    expect((await made.online()).findings.problems.map(({ kind }) => kind)).toEqual(['missing-checkpoint']);
  });
});
