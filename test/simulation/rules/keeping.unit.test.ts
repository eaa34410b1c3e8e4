import { anna, begin, expired, granted, minuteMs, openedRun, record, tell } from './fake-run.ts';
import { heldIsKept } from './held-is-kept.ts';

describe('held is kept', () => {
  it.each(['waiting', 'held'])('finds a deletion while a hold is %s', (status) => {
    const run = tell(heldIsKept);
    run.store('provisioning', 'aggregates', record(anna, { g1: 'ended', g2: status }));
    expect(run.call('DeleteAccountAssignment', anna)).toMatch(new RegExp(`grant g2 is ${status}`));
  });

  it('lets be deleted what somebody waits for whose window is still to open', () => {
    const run = tell(heldIsKept);
    run.store('provisioning', 'aggregates', record(anna, { g1: 'ended', g2: { status: 'waiting', notBefore: begin + 5 * minuteMs } }));
    run.at(4);
    expect(run.call('DeleteAccountAssignment', anna)).toBeUndefined();
    run.at(5);
    expect(run.call('DeleteAccountAssignment', anna)).toMatch(/grant g2 is waiting/);
  });

  it.each(['ending', 'ended', 'failed'])('lets what is %s be deleted', (status) => {
    const run = tell(heldIsKept);
    run.store('provisioning', 'aggregates', record(anna, { g1: status }));
    expect(run.call('DeleteAccountAssignment', anna)).toBeUndefined();
  });
});

describe('held is kept, as the bus has it', () => {
  function grantedRun() {
    const run = openedRun(heldIsKept);
    run.event('AccessGranted.v1', granted('g1', anna, 0));
    run.store('provisioning', 'aggregates', record(anna, { g1: 'ending' }));
    run.at(10);
    return run;
  }

  it('finds a deletion while a grant runs, whatever provisioning has recorded', () => {
    expect(grantedRun().call('DeleteAccountAssignment', anna)).toMatch(/grant g1 runs, as the bus has it/);
  });

  it('lets be deleted what was said to be over, even by an intruder, and what is over by itself', () => {
    const said = grantedRun();
    said.event('AccessRevoked.v1', expired('g1', anna, 10));
    expect(said.call('DeleteAccountAssignment', anna)).toBeUndefined();
    const forged = grantedRun();
    forged.forged.add('lie');
    forged.event('AccessExpired.v1', expired('g1', anna, 10), { eventId: 'lie' });
    expect(forged.call('DeleteAccountAssignment', anna)).toBeUndefined();
    const over = grantedRun();
    over.at(30);
    expect(over.call('DeleteAccountAssignment', anna)).toBeUndefined();
  });
});
