import { journaledStore } from './journaled-store.ts';

/**
 * A process to be killed: for ever, counts up in two maps in one commit, and says on standard output what it has
 * committed. `writer.fixture.ts FOLDER COMPACT_ABOVE_BYTES`
 */
const [folder = '', compactAboveBytes = '0'] = process.argv.slice(2);
const store = journaledStore(folder, { compactAboveBytes: Number(compactAboveBytes) });
const counters = store.map<number>('counters');
const log = store.map<string>('log');

for (let count = (counters.get('count') ?? 0) + 1; ; count++) {
  counters.set('count', count);
  log.set(String(count), 'x'.repeat(count % 500));
  if (count > 200) log.delete(String(count - 200));
  store.commit();
  process.stdout.write(`${count}\n`);
}
