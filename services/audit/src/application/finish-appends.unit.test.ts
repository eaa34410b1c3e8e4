import { createLogger } from '@team/runtime';
import { fixedClock } from '@team/testing';
import { appendTo, recordOfWord, start } from '../../test/events.ts';
import { trailInMemory } from '../../test/trail-in-memory.ts';
import { finishAppends } from './finish-appends.ts';

const logger = createLogger('audit', 'SILENT');

describe('the sweep', () => {
  it('gives a place to records that have had none for a minute, and leaves younger ones to those who are at it', async () => {
    const trail = trailInMemory();
    const clock = fixedClock(start);
    await trail.store(recordOfWord('one'));
    const sweep = finishAppends(trail, appendTo(trail), clock, logger);
    clock.advance(59_999);
    await sweep();
    expect(trail.heads.size).toBe(0);
    clock.advance(1);
    await sweep();
    expect([...trail.records.values()].map(({ place }) => place?.seq)).toEqual([1]);
  });

  it('goes on when one append cannot be finished, and counts as failed', async () => {
    const trail = trailInMemory();
    const clock = fixedClock(start);
    for (const word of ['one', 'two', 'three']) await trail.store(recordOfWord(word));
    const refused = recordOfWord('two').key;
    const failing = {
      ...trail,
      async store(record: Parameters<typeof trail.store>[0]) {
        if (record.key === refused) throw new Error('not this one');
        return trail.store(record);
      },
    };
    clock.advance(60_000);
    await expect(finishAppends(failing, appendTo(failing), clock, logger)()).rejects.toThrow('1 appends could not be finished');
    expect([...trail.records.values()].map(({ place }) => place?.seq)).toEqual([1, undefined, 2]);
  });
});
