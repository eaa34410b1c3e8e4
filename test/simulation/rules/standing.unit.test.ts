import { driftIsReal } from './drift-is-real.ts';
import { anna, approved, begin, ended, granted, iso, minuteMs, opened, record, tell } from './fake-run.ts';
import { saidAsItIs } from './said-as-it-is.ts';
import type { RuleFrom } from './rule.ts';

function openedRun(rule: RuleFrom) {
  const run = tell(rule);
  run.event('AccessApproved.v1', approved('g1', anna));
  run.event('AccessWindowOpened.v1', opened('g1'));
  return run;
}

describe('said as it is', () => {
  it('finds that access is said to be granted which is not there', () => {
    const run = openedRun(saidAsItIs);
    run.at(5);
    expect(run.event('AccessGranted.v1', granted('g1', anna, 5))).toMatch(/does not hold/);
    run.stands(anna);
    expect(run.event('AccessGranted.v1', granted('g2', anna, 5))).toBeUndefined();
  });

  it.each(['deleted', 'never_created'])('finds that access is said to be %s which is still there', (how) => {
    const run = openedRun(saidAsItIs);
    run.stands(anna);
    run.at(1);
    run.at(30);
    expect(run.event('AccessEnded.v1', ended('g1', anna, 30, how))).toMatch(/still holds/);
  });

  it('takes that what is shared or was there before stays', () => {
    const run = openedRun(saidAsItIs);
    run.stands(anna);
    run.at(30);
    expect(run.event('AccessEnded.v1', ended('g1', anna, 30, 'kept_for_other_grant'))).toBeUndefined();
    expect(run.event('AccessEnded.v1', ended('g2', anna, 30, 'existed_before'))).toBeUndefined();
  });

  describe('while the assignment stands for another grant', () => {
    const stillHolds = /still holds/;
    /** Grant g1 runs, and g2 was approved beside it; provisioning has recorded this of g2. */
    function besideAnother(hold: object, openedToo = false) {
      const run = openedRun(saidAsItIs);
      run.stands(anna);
      run.event('AccessGranted.v1', granted('g1', anna, 0));
      run.event('AccessApproved.v1', approved('g2', anna));
      if (openedToo) run.event('AccessWindowOpened.v1', opened('g2'));
      const { state, ...item } = record(anna, { g1: 'held' });
      run.store('provisioning', 'aggregates', { ...item, state: { holds: { ...state.holds, g2: { status: 'ended', ...hold } } } });
      run.at(10);
      return run;
    }

    it.each([
      ['was revoked before its time', false],
      ['ended before its window came', true],
    ])('takes that what %s was never created', (_, openedToo) => {
      expect(besideAnother({}, openedToo).event('AccessEnded.v1', ended('g2', anna, 10, 'never_created'))).toBeUndefined();
    });

    it('finds it of what was held, of what is said to be deleted, and where the other has ended, too', () => {
      expect(besideAnother({ windowEventId: 'w2' }, true).event('AccessEnded.v1', ended('g2', anna, 10, 'never_created'))).toMatch(stillHolds);
      expect(besideAnother({}).event('AccessEnded.v1', ended('g2', anna, 10, 'deleted'))).toMatch(stillHolds);
      const alone = besideAnother({});
      alone.event('AccessEnded.v1', ended('g1', anna, 9, 'kept_for_other_grant'));
      expect(alone.event('AccessEnded.v1', ended('g2', anna, 10, 'never_created'))).toMatch(stillHolds);
    });
  });
});

describe('drift is real', () => {
  const drift = (atMinute: number, actual: 'present' | 'absent') => {
    const wanted = actual === 'present' ? 'absent' : 'present';
    return { assignment: anna, wanted, actual, grantIds: [], repair: 'none', detectedAt: iso(atMinute) };
  };
  function heldRun() {
    const run = openedRun(driftIsReal);
    run.call('CreateAccountAssignment', anna);
    run.stands(anna);
    run.event('AccessGranted.v1', granted('g1', anna, 0));
    run.at(2);
    return run;
  }

  it('finds drift of what never was ours', () => {
    expect(tell(driftIsReal).event('AssignmentDriftDetected.v1', drift(0, 'absent'))).toMatch(/never was ours/);
  });

  it('finds drift that nobody caused', () => {
    expect(heldRun().event('AssignmentDriftDetected.v1', drift(2, 'absent'))).toMatch(/nobody touched it/);
  });

  it('finds drift that hands caused long before, of which nothing is left', () => {
    const absent = heldRun();
    absent.hand('remove', anna);
    absent.at(3);
    absent.call('CreateAccountAssignment', anna);
    absent.at(4);
    expect(absent.event('AssignmentDriftDetected.v1', drift(4, 'absent'))).toMatch(/nobody touched it/);
    expect(absent.event('AssignmentDriftDetected.v1', drift(2, 'absent'))).toBeUndefined();
    const present = heldRun();
    present.hand('remove', anna);
    present.hand('assign', anna);
    present.at(61);
    expect(present.event('AssignmentDriftDetected.v1', drift(61, 'present'))).toBeUndefined();
    present.at(63);
    expect(present.event('AssignmentDriftDetected.v1', drift(63, 'present'))).toMatch(/nobody touched it/);
  });

  it('finds that a removal by hand went unnoticed', async () => {
    const run = heldRun();
    run.hand('remove', anna);
    run.at(40);
    expect(await run.rest()).toEqual([expect.stringMatching(/removed by hand while it was held/)]);
  });

  it('takes what was noticed, what was mended, and what was over soon', async () => {
    const noticed = heldRun();
    noticed.hand('remove', anna);
    noticed.at(10);
    expect(noticed.event('AssignmentDriftDetected.v1', drift(10, 'absent'))).toBeUndefined();
    noticed.at(40);
    expect(await noticed.rest()).toEqual([]);

    const mended = heldRun();
    mended.hand('remove', anna);
    mended.at(5);
    mended.hand('assign', anna);
    mended.at(40);
    expect(await mended.rest()).toEqual([]);

    const short = heldRun();
    short.at(15);
    short.hand('remove', anna);
    short.at(40);
    expect(await short.rest()).toEqual([]);
  });

  it('counts from when Identity Center is back', async () => {
    const run = heldRun();
    run.trouble.outageUntil = begin + 25 * minuteMs;
    run.hand('remove', anna);
    run.at(60);
    expect(await run.rest()).toEqual([]);
  });
});
