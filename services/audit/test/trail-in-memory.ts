import type { AppendableTrail, ReadableTrail } from '../src/application/ports.ts';
import { placed, type Head, type StoredRecord } from '../src/domain/chain.ts';

/** A trail whose contents a test may look at, and tamper with. */
export interface TrailInMemory extends AppendableTrail, ReadableTrail {
  readonly records: Map<string, StoredRecord>;
  readonly heads: Map<string, Head>;
}

/** The trail as its ports promise it. `before` is awaited ahead of every operation: there a test stops an appender, or makes it wait. */
export function trailInMemory(before: (operation: string) => Promise<void> = async () => undefined): TrailInMemory {
  const records = new Map<string, StoredRecord>();
  const heads = new Map<string, Head>();
  const sorted = (items: StoredRecord[], by: (record: StoredRecord) => string | number): StoredRecord[] =>
    items.sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));

  return {
    records,
    heads,
    async store(record) {
      await before('store');
      const standing = records.get(record.key);
      if (standing !== undefined) return { record: standing, fresh: false };
      records.set(record.key, record);
      return { record, fresh: true };
    },
    async head(chain) {
      await before('head');
      return heads.get(chain);
    },
    async place(key, place) {
      await before('place');
      const record = records.get(key);
      if (record !== undefined && record.place === undefined) records.set(key, { ...record, place });
    },
    async record(key) {
      await before('record');
      return records.get(key);
    },
    async advance(chain, seen, to) {
      await before('advance');
      if ((heads.get(chain)?.seq ?? 0) !== seen) return false;
      heads.set(chain, to);
      return true;
    },
    async *chain(chain, head, afterSeq = 0) {
      const members = [...records.values()].flatMap((record) => (record.chain === chain ? (placed(record, head) ?? []) : []));
      for (const record of sorted(members, ({ place }) => place?.seq ?? 0)) {
        const { place, ...rest } = record;
        if (place !== undefined && place.seq > afterSeq) yield { ...rest, place };
      }
    },
    async *arrivals(day, after, upTo) {
      const wanted = ({ arrivalDay, arrivalKey }: StoredRecord): boolean => arrivalDay === day && arrivalKey > after && arrivalKey <= upTo;
      const arrived = [...records.values()].filter(wanted);
      yield* sorted(arrived, ({ arrivalKey }) => arrivalKey);
    },
    async *unchained(until, chain) {
      for (const record of [...records.values()]) {
        if (record.place === undefined && Date.parse(record.recordedAt) <= until && (chain ?? record.chain) === record.chain) yield record;
      }
    },
    async chainsWithHead(limit, after = '') {
      const items = [...heads.keys()].sort().filter((chain) => chain > after).slice(0, limit);
      return { items, ...(items.length < limit ? {} : { next: items.at(-1) }) };
    },
    async chainsOfRecords() {
      return { items: [...records.values()].filter(({ place }) => place !== undefined).map(({ chain }) => chain) };
    },
  };
}
