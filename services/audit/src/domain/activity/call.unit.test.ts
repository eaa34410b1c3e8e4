import { distinct, tally, worthKeeping, type Call } from './call.ts';
import { useOf, type Found } from './use.ts';

const call = (eventId: string, more: Partial<Call> = {}): Call => ({ eventId, at: '2026-03-02T09:30:00.000Z', service: 's3.amazonaws.com', action: 'ListBuckets', readOnly: true, ...more });
const removedAt = '2026-03-02T10:00:00.000Z';
const late = { at: '2026-03-02T10:00:00.001Z' };
const write = { readOnly: false, action: 'PutBucketPolicy' };

describe('calls add up', () => {
  it('by reads and writes, with errors, services and those after removal among them', () => {
    const calls = [call('a'), call('b', { service: 'ec2.amazonaws.com' }), call('c', write), call('d', { ...write, errorCode: 'AccessDenied' }), call('e', { ...write, ...late })];
    expect(tally(calls, removedAt)).toEqual({ reads: 2, writes: 3, errors: 1, afterRemoval: 1, services: ['ec2.amazonaws.com', 's3.amazonaws.com'] });
  });

  it('each once, however often it was delivered', () => {
    expect(tally([call('a'), call('a'), call('b', write), call('a')], removedAt)).toMatchObject({ reads: 1, writes: 1 });
    expect(distinct([call('a', { region: 'eu-central-1' }), call('b'), call('a')]).map(({ eventId, region }) => [eventId, region])).toEqual([['a', 'eu-central-1'], ['b', undefined]]);
  });

  it('with the very moment of the removal before it, and nothing after where nothing was removed', () => {
    expect(tally([call('a', { at: removedAt })], removedAt).afterRemoval).toBe(0);
    expect(tally([call('a', late)], undefined).afterRemoval).toBe(0);
  });

  it('with signing in to the console as a read, whatever CloudTrail says of it', () => {
    expect(tally([call('a', { service: 'signin.amazonaws.com', action: 'ConsoleLogin', readOnly: false })], removedAt)).toMatchObject({ reads: 1, writes: 0 });
  });

  it('to no more than two hundred services', () => {
    expect(tally(Array.from({ length: 250 }, (_, i) => call(`e${i}`, { service: `s${i}.amazonaws.com` })), removedAt).services).toHaveLength(200);
  });
});

it('of too many calls those after removal are kept first, then writes and errors, each from the earliest', () => {
  const calls = [
    call('read'),
    call('refused', { errorCode: 'AccessDenied', at: '2026-03-02T09:31:00Z' }),
    call('wrote', { ...write, at: '2026-03-02T09:32:00Z' }),
    call('afterwards', late),
    call('earlier read', { at: '2026-03-02T09:00:00Z' }),
  ];
  expect(worthKeeping(calls, removedAt, 4).map(({ eventId }) => eventId)).toEqual(['afterwards', 'refused', 'wrote', 'earlier read']);
  expect(worthKeeping(calls, removedAt, 0)).toEqual([]);
  expect(worthKeeping(calls, removedAt, -3)).toEqual([]);
});

describe('what was granted held against what was used', () => {
  const found = (more: Partial<Found>): Found => ({ reads: 0, writes: 0, afterRemoval: 0, state: 'complete', ...more });
  it.each<[string, Partial<Found>, string]>([
    ['nothing, and everything could be read', {}, 'unused'],
    ['reads alone, and everything could be read', { reads: 3 }, 'only_reads'],
    ['a write', { reads: 3, writes: 1 }, 'used'],
    ['a write, where not everything could be read', { writes: 1, state: 'partial' }, 'used'],
    ['a call after removal, which says most', { writes: 1, afterRemoval: 1 }, 'after_removal'],
    ['a call after removal that was found before the source went silent', { reads: 1, afterRemoval: 1, state: 'missing' }, 'after_removal'],
    ['nothing, where nothing could be read', { state: 'missing' }, 'unknown'],
    ['nothing, where not everything could be read', { state: 'partial' }, 'unknown'],
    ['reads alone, where not everything could be read', { reads: 3, state: 'partial' }, 'unknown'],
  ])('%s', (_, more, use) => {
    expect(useOf(found(more))).toBe(use);
  });
});
