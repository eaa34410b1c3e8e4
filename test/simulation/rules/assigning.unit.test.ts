import { createdAsApproved } from './created-as-approved.ts';
import { anna, approved, begin, ended, expired, granted, held, iso, minuteMs, opened, openedRun, record, tell } from './fake-run.ts';
import { endedWhenOver } from './ended-when-over.ts';
import { madeByHandStays } from './made-by-hand-stays.ts';
import { nothingLeftBehind } from './nothing-left-behind.ts';

describe('created as approved', () => {
  it('lets an approved and opened grant be created', () => {
    expect(openedRun(createdAsApproved).call('CreateAccountAssignment', anna)).toBeUndefined();
  });

  it('finds a creation that nobody approved', () => {
    expect(tell(createdAsApproved).call('CreateAccountAssignment', anna)).toMatch(/nobody approved/);
  });

  it('finds a creation because of a forged approval', () => {
    const run = tell(createdAsApproved);
    run.forged.add('forged');
    run.event('AccessApproved.v1', approved('g1', anna), { eventId: 'forged' });
    run.event('AccessWindowOpened.v1', opened('g1'));
    expect(run.call('CreateAccountAssignment', anna)).toMatch(/nobody approved/);
  });

  it('finds a creation before the window was opened', () => {
    const run = tell(createdAsApproved);
    run.event('AccessApproved.v1', approved('g1', anna));
    expect(run.call('CreateAccountAssignment', anna)).toMatch(/none of its windows was opened/);
  });

  it('finds a creation after the window had to be opened', () => {
    const run = openedRun(createdAsApproved);
    run.at(61);
    expect(run.call('CreateAccountAssignment', anna)).toMatch(/outside the bounds/);
  });

  it('finds a creation for a grant whose end provisioning knows', () => {
    const run = openedRun(createdAsApproved);
    run.store('provisioning', 'aggregates', record(anna, { g1: 'ended' }));
    expect(run.call('CreateAccountAssignment', anna)).toMatch(/knows the end/);
  });

  it('finds a creation for a grant whose end was answered', () => {
    const run = openedRun(createdAsApproved);
    run.event('AccessEnded.v1', ended('g1', anna, 1, 'never_created'));
    expect(run.call('CreateAccountAssignment', anna)).toMatch(/knows the end/);
  });
});

describe('ended when over', () => {
  function grantedRun() {
    const run = openedRun(endedWhenOver);
    run.event('AccessGranted.v1', granted('g1', anna, 0));
    run.at(10);
    return run;
  }

  it('finds an end that nobody said, also where it is said afterwards', async () => {
    const run = grantedRun();
    run.event('AccessEnded.v1', ended('g1', anna, 10));
    expect(await run.rest()).toEqual([expect.stringMatching(/grant g1 ended at .*09:10:00.000Z, before anybody had said so, and was to end at .*09:30/)]);
    run.at(11);
    run.event('AccessExpired.v1', expired('g1', anna, 11));
    expect(await run.rest()).toHaveLength(1);
  });

  it('takes an end that was said, even by an intruder, and one by its own time', async () => {
    const said = grantedRun();
    said.forged.add('lie');
    said.event('AccessExpired.v1', expired('g1', anna, 10), { eventId: 'lie' });
    said.event('AccessEnded.v1', ended('g1', anna, 10));
    expect(await said.rest()).toEqual([]);
    const own = grantedRun();
    own.event('AccessEnded.v1', ended('g1', anna, 30));
    expect(await own.rest()).toEqual([]);
    const never = openedRun(endedWhenOver);
    never.event('AccessEnded.v1', ended('g1', anna, 105, 'never_created'));
    expect(await never.rest()).toEqual([]);
  });
});

describe('made by hand stays', () => {
  it('finds the deletion of what stood before anything happened', () => {
    expect(tell(madeByHandStays, { assignedBefore: [held(anna)] }).call('DeleteAccountAssignment', anna)).toMatch(/assigned by hand/);
  });

  it('finds the deletion of what people assigned meanwhile', () => {
    const run = tell(madeByHandStays);
    run.hand('assign', anna);
    expect(run.call('DeleteAccountAssignment', anna)).toMatch(/assigned by hand/);
  });

  it('finds that what people assigned is gone', async () => {
    const run = tell(madeByHandStays);
    run.hand('assign', anna);
    run.goes(anna);
    expect(await run.rest()).toEqual([expect.stringMatching(/nobody removed it by hand/)]);
  });

  it('finds a deletion of what we never created', () => {
    expect(tell(madeByHandStays).call('DeleteAccountAssignment', anna)).toMatch(/never created/);
  });

  it('finds that what people assigned long ago is created again, as if it were ours then', () => {
    const run = tell(madeByHandStays);
    run.hand('assign', anna);
    run.at(5);
    expect(run.call('CreateAccountAssignment', anna)).toMatch(/assigned by hand 5 min before/);
  });

  it('doubts whose it is that turns up when a creation of ours may still land', async () => {
    const run = tell(madeByHandStays);
    run.call('CreateAccountAssignment', anna);
    run.at(2);
    run.hand('assign', anna);
    expect(run.call('DeleteAccountAssignment', anna)).toBeUndefined();
    run.goes(anna);
    expect(await run.rest()).toEqual([]);
  });

  it.each([
    ['long after AWS had reported ours gone', { ownership: 'unknown', goneAt: begin + 2 * minuteMs }, /people assigned by hand/],
    ['just after that', { ownership: 'unknown', goneAt: begin + 6 * minuteMs }, undefined],
    ['after a removal of which nobody heard', { ownership: 'unknown', goneAt: begin + 2 * minuteMs, unsure: true }, undefined],
    ['while it counts as ours', { ownership: 'ours' }, undefined],
    ['while a removal is under way', { ownership: 'unknown', goneAt: begin, op: { kind: 'delete' } }, undefined],
  ])('knows whose it is that turns up %s', (_, state, said) => {
    const run = tell(madeByHandStays);
    run.call('CreateAccountAssignment', anna);
    const { pk } = record(anna, {});
    run.store('provisioning', 'aggregates', { pk, state });
    run.at(10);
    run.hand('assign', anna);
    const found = run.call('DeleteAccountAssignment', anna);
    if (said === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(said);
  });

  it('accepts that people remove what they assigned, and that we delete what we created', async () => {
    const run = tell(madeByHandStays, { assignedBefore: [held(anna)] });
    run.hand('remove', anna);
    run.call('CreateAccountAssignment', anna);
    run.stands(anna);
    expect(run.call('DeleteAccountAssignment', anna)).toBeUndefined();
    run.goes(anna);
    expect(await run.rest()).toEqual([]);
  });
});

describe('nothing left behind', () => {
  function grantedRun() {
    const run = openedRun(nothingLeftBehind);
    run.call('CreateAccountAssignment', anna);
    run.stands(anna);
    run.event('AccessGranted.v1', granted('g1', anna, 0));
    run.at(30);
    run.event('AccessExpired.v1', expired('g1', anna, 30));
    return run;
  }

  it('finds what stands too long after its grants were over', () => {
    const run = grantedRun();
    run.at(35);
    expect(run.event('AccessExpired.v1', expired('g1', anna, 30))).toBeUndefined();
    run.at(37);
    expect(run.event('AccessExpired.v1', expired('g1', anna, 30))).toMatch(/stands 420 s after/);
  });

  it('finds what stands at rest', async () => {
    expect(await grantedRun().rest()).toEqual([expect.stringMatching(/all its grants were over/)]);
  });

  it('measures how late what was created went', async () => {
    const run = grantedRun();
    run.at(32);
    run.goes(anna);
    run.at(32);
    expect(await run.rest()).toEqual([]);
    expect(run.measures.get('removed after (ms)')).toBe(2 * minuteMs);
  });

  it('counts from when Identity Center is back', () => {
    const run = grantedRun();
    run.trouble.outageUntil = begin + 60 * minuteMs;
    run.at(65);
    expect(run.event('AccessExpired.v1', expired('g1', anna, 30))).toBeUndefined();
    run.at(67);
    expect(run.event('AccessExpired.v1', { ...expired('g1', anna, 30), endedAt: iso(30) })).toMatch(/stands/);
  });

  it('leaves alone what another grant holds', () => {
    const run = grantedRun();
    run.event('AccessApproved.v1', approved('g2', anna));
    run.event('AccessWindowOpened.v1', opened('g2'));
    run.at(50);
    expect(run.event('AccessExpired.v1', expired('g1', anna, 30))).toBeUndefined();
  });
});
