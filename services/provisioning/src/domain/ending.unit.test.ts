import { absent, accepted, busy, created, deleted, ending, failed, grantOf, opening, present, reason, startMs } from '../../test/examples.ts';
import { granted, story } from '../../test/story.ts';
import { maximumHolds } from './holds.ts';
import { dueAt, forgetAt, workOf } from './next-step.ts';
import { dayMs, minuteMs } from './time.ts';

describe('ending', () => {
  it('answers only after AWS reported the deletion, with the time from which old credentials are useless', () => {
    const told = granted(opening(1)).when(ending(1));
    expect(told.facts()).toEqual([]);
    expect(told.next()).toBe('delete');
    expect(told.aws({ type: 'begin-removal' }).said()).toEqual(['OperationBegun delete']);
    expect(told.aws(accepted).after(7_000).aws(deleted).facts()).toEqual(['AccessEnded.v1 1 deleted']);
    expect(told.data('AccessEnded.v1')).toMatchObject({ removedAt: '2026-11-22T10:00:10.000Z', credentialsUselessBy: '2026-11-22T11:00:10.000Z' });
  });

  it('comes by itself, at the hold’s own end, when nobody says so', () => {
    const told = granted(opening(1));
    expect(dueAt(told.state())).toBe(startMs + 3_000 + 60 * minuteMs);
    expect(told.after(60 * minuteMs - 1).when({ type: 'due' }).said()).toEqual([]);
    expect(told.after(1).when({ type: 'due' }).said()).toEqual(['EndBegun']);
    expect(told.next()).toBe('delete');
    expect(dueAt(told.state())).toBeUndefined();
  });

  it('is answered again, the same, each time it is asked for', () => {
    const told = granted(opening(1)).given(ending(1)).aws({ type: 'begin-removal' }).aws(accepted).aws(deleted);
    const first = told.data('AccessEnded.v1');
    expect(told.after(minuteMs).when(ending(1)).data('AccessEnded.v1')).toEqual(first);
    expect(told.when(ending(1)).data('AccessEnded.v1')).toEqual(first);
  });

  it('says nothing twice while the removal is under way', () => {
    expect(granted(opening(1)).given(ending(1)).when(ending(1)).said()).toEqual([]);
  });

  it('leaves the assignment to the grant that still holds it', () => {
    const told = granted(opening(1)).given(opening(2)).aws(present).when(ending(1));
    expect(told.said()).toEqual(['AccessEnded.v1 1 kept_for_other_grant']);
    expect(told.next()).toBe('none');
    expect(told.when(ending(2)).said()).toEqual(['EndBegun']);
    expect(told.next()).toBe('delete');
  });

  it('of two grants whose time is over together is answered for both by the removal: neither keeps the assignment for the other', () => {
    const told = granted(opening(1)).given(opening(2)).aws(present);
    expect(told.after(75 * minuteMs).when({ type: 'due' }).said()).toEqual(['EndBegun', 'EndBegun']);
    const facts = told.aws({ type: 'begin-removal' }).aws(accepted).aws(deleted).facts();
    expect(facts).toEqual(['AccessEnded.v1 1 deleted', 'AccessEnded.v1 2 deleted']);
  });

  it('that comes before the window leaves a tombstone, and the window opens nothing', () => {
    const told = story().when(ending(1));
    expect(told.facts()).toEqual(['AccessEnded.v1 1 never_created']);
    expect(told.when(opening(1)).said()).toEqual(['AccessGrantFailed.v1 ERR_GRANT_USED (goes on)']);
    expect(told.next()).toBe('none');
    expect(forgetAt(told.state())).toBeGreaterThan(startMs + 125 * dayMs);
  });

  it('without a window is remembered for as many grants as an item can hold, the latest', () => {
    const told = granted(opening(0));
    for (let n = 1; n <= maximumHolds + 100; n += 1) told.after(1_000).when(ending(n));
    expect(Object.keys(told.state().holds)).toHaveLength(maximumHolds);
    expect(told.when(opening(maximumHolds + 100)).said()).toEqual(['AccessGrantFailed.v1 ERR_GRANT_USED (goes on)']);
    expect(told.when(ending(0)).said()).toEqual(['EndBegun']);
  });

  it('of as many grants as are remembered keeps the next one out only while their windows are open', () => {
    const told = story();
    for (let n = 1; n <= maximumHolds; n += 1) told.given(opening(n)).given(ending(n));
    expect(told.when(opening(maximumHolds + 1)).said()).toEqual(['AccessGrantFailed.v1 ERR_TOO_MANY_GRANTS']);
    told.after(60 * minuteMs + 1);
    expect(told.when(opening(maximumHolds + 2, told.now())).said()).toEqual(['WindowHeld']);
  });

  it('of a grant that nothing was done for is answered at once', () => {
    expect(story().given(opening(1)).when(ending(1)).said()).toEqual(['AccessEnded.v1 1 never_created']);
  });

  it('during the creation waits for it, removes, and never grants', () => {
    const told = story().given(opening(1)).aws(absent).aws(accepted).when(ending(1));
    expect(told.facts()).toEqual([]);
    expect(told.aws(created).facts()).toEqual([]);
    expect(told.next()).toBe('delete');
    expect(told.aws({ type: 'begin-removal' }).aws(accepted).aws(deleted).facts()).toEqual(['AccessEnded.v1 1 deleted']);
  });

  it('during a creation that fails is answered when AWS says that nothing is there', () => {
    const told = story().given(opening(1)).aws(absent).aws(accepted).given(ending(1)).aws(failed);
    expect(told.facts()).toEqual([]);
    expect(told.aws(absent).facts()).toEqual(['AccessEnded.v1 1 never_created']);
  });

  it('of the last one that shared what existed before us leaves it where it is', () => {
    const told = story().given(opening(1)).aws(present);
    expect(told.facts()).toEqual(['AccessGranted.v1 1 existed_before']);
    told.given(opening(2)).aws(present);
    expect(told.when(ending(1)).facts()).toEqual(['AccessEnded.v1 1 existed_before']);
    expect(told.state().ownership).toBe('existed_before');
    expect(told.when(ending(2)).facts()).toEqual(['AccessEnded.v1 2 existed_before']);
    expect(told.next()).toBe('none');
    expect(told.state().ownership).toBe('unknown');
  });

  it('of a grant that AWS finds removed by hand is answered as deleted', () => {
    const told = granted(opening(1)).given(ending(1)).aws({ type: 'begin-removal' }).aws(accepted).aws(failed).after(1_000);
    expect(told.next()).toBe('look');
    expect(told.aws(absent).facts()).toEqual(['AccessEnded.v1 1 deleted']);
    expect(told.data('AccessEnded.v1')).toMatchObject({ credentialsUselessBy: '2026-11-22T22:00:04.000Z' });
  });

  it('is tried until it succeeds, and said to be late at the third try and every tenth after', () => {
    const told = granted(opening(1)).given(ending(1)).aws({ type: 'begin-removal' });
    const late: number[] = [];
    for (let attempt = 1; attempt <= 25; attempt += 1) {
      told.aws(accepted).aws(failed);
      if (told.facts().includes('AccessRemovalDelayed.v1')) late.push(attempt);
      told.after(minuteMs).aws(present);
      expect(told.said()).toContain('OperationBegun delete');
    }
    expect(late).toEqual([3, 13, 23]);
  });
});

describe('a window that opens during a removal', () => {
  const removing = () => granted(opening(1)).given(ending(1)).aws({ type: 'begin-removal' }).aws(accepted);

  it('lets the removal finish, then creates, then grants', () => {
    const told = removing().given(opening(2));
    expect(told.next()).toBe('poll');
    expect(told.aws(deleted).facts()).toEqual(['AccessEnded.v1 1 deleted']);
    expect(told.next()).toBe('look');
    expect(told.aws(absent).said()).toEqual(['OperationBegun create']);
    expect(told.aws(accepted).aws(created).facts()).toEqual(['AccessGranted.v1 2 created']);
  });

  it('does not believe a stale read right after our own removal, and so never spares what is ours', () => {
    const told = removing().given(opening(2)).aws(deleted);
    expect(told.aws(present).said()).toEqual(['OperationBegun create']);
    expect(told.state().ownership).toBe('ours');
  });

  it('takes over what a failed removal left, and the ended grant leaves it to the new one', () => {
    const told = removing().given(opening(2)).aws(failed);
    expect(told.next()).toBe('look');
    expect(told.aws(present).facts()).toEqual(['AccessGranted.v1 2 shared', 'AccessEnded.v1 1 kept_for_other_grant']);
  });

  it('before the removal was begun stops it from beginning', () => {
    const told = granted(opening(1)).given(ending(1)).given(opening(2));
    expect(told.next()).toBe('look');
    expect(told.aws({ type: 'begin-removal' }).said()).toEqual([]);
  });
});

describe('a window that is put in before its time', () => {
  const dayLater = startMs + dayMs;
  const removing = [{ type: 'begin-removal' }, accepted, deleted] as const;

  it('keeps nothing for those that end, and is opened when its time comes', () => {
    const told = granted(opening(1)).given(opening(2, dayLater)).when(ending(1));
    expect(told.said()).toEqual(['EndBegun']);
    expect(told.next()).toBe('delete');
    expect(workOf(told.state())).toEqual({ workClass: 'removal', workAt: told.now(), workFor: grantOf(1).requestId });
    for (const fact of removing) told.aws(fact);
    expect(told.facts()).toEqual(['AccessEnded.v1 1 deleted']);
    expect([told.next(), dueAt(told.state())]).toEqual(['none', dayLater]);
    expect(told.after(dayLater - told.now()).next()).toBe('look');
    expect(told.aws(absent).aws(accepted).aws(created).facts()).toEqual(['AccessGranted.v1 2 created']);
  });

  it('is given what could not be removed until its time came, and what was ending is left to it', () => {
    const told = granted(opening(1)).given(opening(2, dayLater)).given(ending(1)).aws({ type: 'begin-removal' }).aws(busy);
    expect(dueAt(told.state())).toBe(told.now() + 1_000);
    expect(told.after(dayLater - told.now()).next()).toBe('look');
    expect(told.aws(present).facts()).toEqual(['AccessGranted.v1 2 shared', 'AccessEnded.v1 1 kept_for_other_grant']);
  });

  it('is found at its time, also where a removal was put off beyond it', () => {
    const told = granted(opening(1)).given(opening(2, startMs + 3_500)).given(ending(1)).aws({ type: 'begin-removal' }).aws(busy);
    expect(workOf(told.state())).toMatchObject({ workClass: 'grant', workAt: startMs + 3_500 });
    expect(told.after(500).next()).toBe('look');
  });

  it('is no work until its next try where AWS would not say at its time whether it is there', () => {
    const told = granted(opening(1)).given(opening(2, dayLater)).given(ending(1)).after(dayLater - startMs);
    expect(told.aws({ type: 'unseen', reason }).said()).toEqual(['TryPostponed']);
    expect(workOf(told.state())).toMatchObject({ workClass: 'grant', workAt: told.now() + 1_000 });
  });
});

describe('an end while another grant waits for the same assignment', () => {
  const openBy = opening(2).bounds.openBy;
  const waiting = () => granted(opening(1)).given(opening(2)).when(ending(1));

  it('is not answered before the other is granted, and begins no removal', () => {
    const told = waiting();
    expect(told.said()).toEqual(['EndBegun']);
    expect(told.next()).toBe('look');
    expect(told.aws({ type: 'begin-removal' }).said()).toEqual([]);
    expect(told.when(ending(1)).said()).toEqual([]);
    expect(told.aws(present).facts()).toEqual(['AccessGranted.v1 2 shared', 'AccessEnded.v1 1 kept_for_other_grant']);
    expect(told.when(ending(1)).facts()).toEqual(['AccessEnded.v1 1 kept_for_other_grant']);
  });

  it('is answered by the removal where the other could not be granted in time', () => {
    const told = waiting().after(openBy + 1 - startMs - 3_000).when({ type: 'due' });
    expect(told.facts()).toEqual(['AccessGrantFailed.v1 ERR_OPEN_BY_PASSED']);
    expect(told.next()).toBe('delete');
    told.aws({ type: 'begin-removal' }).aws(accepted).aws(deleted);
    expect(told.facts()).toEqual(['AccessEnded.v1 1 deleted']);
    expect(told.data('AccessEnded.v1')).toMatchObject({ credentialsUselessBy: '2026-11-22T12:00:00.001Z' });
  });

  it('is answered as deleted where somebody removed it meanwhile', () => {
    expect(waiting().aws(absent).said()).toEqual(['AccessEnded.v1 1 deleted', 'FoundGone', 'OperationBegun create']);
  });

  it('comes by itself at the hold’s own end, too', () => {
    const told = granted(opening(1, startMs, 10)).given(opening(2)).after(10 * minuteMs).when({ type: 'due' });
    expect(told.said()).toEqual(['EndBegun']);
    expect([told.next(), workOf(told.state()).workClass]).toEqual(['look', 'grant']);
  });
});
