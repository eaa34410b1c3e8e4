import { continueAppend, type Append } from '../../services/audit/src/domain/append.ts';
import { appendModel, type Parts } from './append-model.ts';
import { explore, stuck } from './explore.ts';

type Protocol = Parts['protocol'];

describe('appending to the trail, in every order of operations and deaths, beside the sweep', () => {
  it.each([
    { of: 'one event delivered to two', deliveries: [['one'], ['one']], over: 2_500 },
    { of: 'two events', deliveries: [['one'], ['two']], over: 25_000 },
    { of: 'one event delivered to three', deliveries: [['one'], ['one'], ['one']], over: 30_000 },
    { of: 'two events, one of them delivered to two, nobody dies', deliveries: [['one'], ['two'], ['one']], deaths: 0, over: 25_000 },
    { of: 'three events, somebody dies once', deliveries: [['one', 'two'], ['three']], deaths: 1, over: 35_000 },
  ])('$of: one place for each, a chain that verifies at every step, every append finished (over $over states)', async ({ over, ...instance }) => {
    const { violation, states, transitions } = await explore(appendModel(instance));
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(over);
    expect(transitions).toBeGreaterThan(states);
  }, 60_000);
});

describe('appending by what is known from a head that was read before the record was stored', () => {
  it.each([
    { of: 'one event delivered to two', deliveries: [['one'], ['one']], over: 2_000 },
    { of: 'two events', deliveries: [['one'], ['two']], over: 15_000 },
    { of: 'one event delivered to three', deliveries: [['one'], ['one'], ['one']], over: 30_000 },
    { of: 'two events, one of them delivered to two, nobody dies', deliveries: [['one'], ['two'], ['one']], deaths: 0, over: 15_000 },
    { of: 'three events, somebody dies once', deliveries: [['one', 'two'], ['three']], deaths: 1, over: 15_000 },
  ])('$of: one place for each, a chain that verifies at every step, every append finished (over $over states)', async ({ over, ...instance }) => {
    const { violation, states } = await explore(appendModel(instance, { knowing: true }));
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(over);
  }, 60_000);

  it('takes an event twice where somebody else stored it, and that is taken for fresh', async () => {
    const { violation } = await explore(appendModel({ deliveries: [['one'], ['one']] }, { knowing: true, fresh: () => true }));
    expect(violation?.rule).toBe('an event was taken twice');
  });

  it('takes an event twice where the head is read after the record was stored, and taken for one from before', async () => {
    // As if the own record need not be read although the head was.
    const follows: Parts['follows'] = (known, append) => (known?.fresh === true && append.step.do === 'readOwn' ? { record: append.record } : undefined);
    const { violation } = await explore(appendModel({ deliveries: [['one'], ['one']] }, { knowing: true, follows }));
    expect(violation?.rule).toBe('an event was taken twice');
  });
});

describe('the exploration of appends finds', () => {
  /** The protocol, with one step left out. */
  const without = (left: Append['step']['do'], then: (append: Append) => Append): Protocol => (append, answer, digest) => {
    const next = continueAppend(append, answer, digest);
    return next.step.do === left ? then(next) : next;
  };
  const violationOf = async (planted: Partial<Parts>) => (await explore(appendModel({ deliveries: [['one'], ['one']] }, planted))).violation;

  it('an event that is taken twice where the last record is given its place only after the head moved on', async () => {
    const protocol = without('placeLast', (next) => ({ ...next, step: next.step.do === 'placeLast' ? { do: 'readOwn', head: next.step.head } : next.step }));
    expect(await violationOf({ protocol })).toEqual({
      rule: 'an event was taken twice',
      trace: [
        ...['0 begins', '0 stores its record', '0 reads the head', '0 moves the head from 0'],
        ...['1 begins', '1 stores its record', '1 reads the head', '1 reads its record again', '1 moves the head from 1'],
      ],
    });
  });

  it('an event that is taken twice where the own record is not read again after the head', async () => {
    const protocol = without('readOwn', (next) => continueAppend(next, {}, (value) => JSON.stringify(value)));
    expect((await violationOf({ protocol }))?.rule).toBe('an event was taken twice');
  });

  it('a head that goes back where it is written without a condition', async () => {
    const violation = await violationOf({ replaces: () => true });
    expect(violation?.rule).toBe('the head went back');
    expect(violation?.trace.slice(-2)).toEqual(['0 moves the head from 0', '1 moves the head from 0']);
  });

  it('a chain that does not verify where a record is written over', async () => {
    const violation = await violationOf({ stored: (standing, record) => ({ ...record, ...(standing?.place && { place: standing.place }) }) });
    expect(violation?.rule).toBe('the chain does not verify: changed');
  });

  it('an append that nobody finishes where there is no sweep', async () => {
    expect(await violationOf({ finishes: false })).toEqual({ rule: stuck, trace: ['0 begins', '0 stores its record', '0 dies'] });
  });
});
