import { absent, accepted, busy, created, denied, failed, opening, present, startMs } from '../../test/examples.ts';
import { granted, story } from '../../test/story.ts';
import { maximumHolds, maximumLiveHolds } from './holds.ts';
import { dueAt, workOf } from './next-step.ts';
import { dayMs, minuteMs } from './time.ts';

describe('granting', () => {
  it('says nothing before AWS reported success', () => {
    const told = story().when(opening(1));
    expect(told.facts()).toEqual([]);
    expect(told.next()).toBe('look');
    expect(told.aws(absent).said()).toEqual(['OperationBegun create']);
    expect(told.next()).toBe('none');
    expect(told.aws(accepted).facts()).toEqual([]);
    expect(told.next()).toBe('poll');
    expect(told.aws(created).facts()).toEqual(['AccessGranted.v1 1 created']);
    expect(told.next()).toBe('none');
  });

  it('gives the whole duration, counted from the grant', () => {
    const told = story().given(opening(1)).after(40 * minuteMs).aws(absent).aws(accepted).aws(created);
    expect(told.data('AccessGranted.v1')).toMatchObject({ endsAt: '2026-11-22T11:40:00.000Z' });
  });

  it('never lasts beyond the proof’s latest end', () => {
    const bounds = { ...opening(1).bounds, latestEnd: startMs + 50 * minuteMs, openBy: startMs + 20 * minuteMs };
    expect(granted({ ...opening(1), bounds }).data('AccessGranted.v1')).toMatchObject({ endsAt: '2026-11-22T10:50:00.000Z' });
  });

  it('looks before it shares, and calls the second grant shared', () => {
    const told = granted(opening(1)).given(opening(2));
    expect(told.next()).toBe('look');
    expect(told.aws(present).facts()).toEqual(['AccessGranted.v1 2 shared']);
  });

  it('grants everybody who waited for one creation, and calls it created for one of them only', () => {
    const told = story().given(opening(1)).given(opening(2)).aws(absent).aws(accepted);
    expect(told.aws(created).facts()).toEqual(['AccessGranted.v1 1 created', 'AccessGranted.v1 2 shared']);
  });

  it('does nothing when the same window is opened again', () => {
    expect(story().given(opening(1)).when(opening(1)).said()).toEqual([]);
  });

  it('serves a grant once: another window event for it is refused, and the grant goes on', () => {
    const told = granted(opening(1)).when({ ...opening(1), windowEventId: opening(9).windowEventId });
    expect(told.said()).toEqual(['AccessGrantFailed.v1 ERR_GRANT_USED (goes on)']);
  });

  it('does not start before the window', () => {
    const told = story().given(opening(1, startMs + 5 * minuteMs));
    expect(told.next()).toBe('none');
    expect(told.aws(absent).said()).toEqual([]);
    expect(workOf(told.state())).toMatchObject({ workClass: 'grant', workAt: startMs + 5 * minuteMs });
    expect(told.after(5 * minuteMs).next()).toBe('look');
  });

  it('gives up when the window was not opened in time', () => {
    const told = story().given(opening(1));
    expect(dueAt(told.state())).toBe(startMs + 60 * minuteMs + 1);
    expect(told.after(60 * minuteMs).when({ type: 'due' }).said()).toEqual([]);
    expect(told.after(1).when({ type: 'due' }).said()).toEqual(['AccessGrantFailed.v1 ERR_OPEN_BY_PASSED']);
    expect(told.next()).toBe('none');
    expect(dueAt(told.state())).toBeUndefined();
  });

  it('finishes a creation that was begun in time', () => {
    const told = story().given(opening(1)).after(60 * minuteMs).aws(absent).aws(accepted).after(minuteMs);
    expect(told.when({ type: 'due' }).said()).toEqual([]);
    expect(told.aws(created).facts()).toEqual(['AccessGranted.v1 1 created']);
  });

  it('does not let a late creation open somebody else’s passed window', () => {
    const told = story().given(opening(1)).given({ ...opening(2), bounds: { ...opening(2).bounds, openBy: startMs + minuteMs } });
    expect(told.aws(absent).aws(accepted).after(2 * minuteMs).aws(created).facts()).toEqual([
      'AccessGranted.v1 1 created',
      'AccessGrantFailed.v1 ERR_OPEN_BY_PASSED',
    ]);
  });

  it('fails every waiting grant with AWS’s reason when the creation fails, and makes sure that nothing is left', () => {
    const told = story().given(opening(1)).given(opening(2)).aws(absent).aws(accepted);
    expect(told.aws(failed).facts()).toEqual(['AccessGrantFailed.v1 ERR_IDENTITY_CENTER_FAILED', 'AccessGrantFailed.v1 ERR_IDENTITY_CENTER_FAILED']);
    expect(told.next()).toBe('look');
    expect(told.aws(absent).facts()).toEqual([]);
    expect(told.next()).toBe('none');
  });

  it('removes what turns up after a creation that AWS called failed', () => {
    const told = story().given(opening(1)).aws(absent).aws(accepted).aws(failed);
    expect(told.aws(present).said()).toContain('OperationBegun delete');
  });

  it('tries a throttled creation again later, and later each time', () => {
    const told = story().given(opening(1)).aws(absent).aws(busy);
    expect(told.facts()).toEqual([]);
    expect(told.next()).toBe('none');
    expect(told.after(1_000).next()).toBe('look');
    expect(told.aws(absent).aws(busy).after(1_000).next()).toBe('none');
    expect(told.after(1_000).next()).toBe('look');
  });

  it('gives up what AWS says it will never do', () => {
    expect(story().given(opening(1)).aws(absent).aws(denied).facts()).toEqual(['AccessGrantFailed.v1 ERR_IDENTITY_CENTER_FAILED']);
  });

  it('holds so many grants and no more', () => {
    const told = story();
    for (let n = 1; n <= maximumLiveHolds; n += 1) told.given(opening(n));
    expect(told.when(opening(maximumLiveHolds + 1)).said()).toEqual(['AccessGrantFailed.v1 ERR_TOO_MANY_GRANTS']);
  });
});

describe('grants that AWS refused', () => {
  /** So many, a minute apart, each refused for good. */
  const refused = (count: number) => {
    const told = story();
    for (let n = 1; n <= count; n += 1) told.after(minuteMs).given(opening(n, told.now())).aws(absent).aws(denied).aws(absent);
    return told;
  };

  it('keep no later one out, however many there were', () => {
    const told = refused(maximumHolds + 200);
    expect(Object.keys(told.state().holds)).toHaveLength(maximumHolds);
    expect(told.after(minuteMs).when(opening(maximumHolds + 201, told.now())).said()).toEqual(['WindowHeld']);
    expect(Object.keys(told.state().holds)).toHaveLength(maximumHolds);
  });

  it('serve no second time while their windows are open, though as many as are remembered came within the hour', () => {
    const told = story();
    for (let n = 1; n <= maximumHolds; n += 1) told.given(opening(n)).aws(absent).aws(denied).aws(absent);
    expect(told.when(opening(maximumHolds + 1)).said()).toEqual(['AccessGrantFailed.v1 ERR_TOO_MANY_GRANTS']);
    expect(told.when({ ...opening(1), windowEventId: opening(0).windowEventId }).said()).toEqual(['AccessGrantFailed.v1 ERR_GRANT_USED (goes on)']);
  });

  it('are forgotten thirty days after their latest end', () => {
    const told = refused(1);
    told.after(opening(1, told.now()).bounds.latestEnd + 30 * dayMs - told.now());
    expect(Object.keys(told.given(opening(2, told.now())).state().holds)).toEqual([opening(2).grantId]);
  });
});

describe('refused evidence', () => {
  const forged = { ...opening(1), type: 'refuse', reason: { code: 'ERR_PROOF_GRANT', message: 'forged' }, effect: 'gives-up' } as const;

  it('fails a grant that is not known, and holds nothing', () => {
    const told = story().when(forged);
    expect(told.facts()).toEqual(['AccessGrantFailed.v1 ERR_PROOF_GRANT']);
    expect(told.next()).toBe('none');
    expect(told.when(opening(1)).facts()).toEqual([]);
    expect(told.next()).toBe('look');
  });

  it('does not touch a grant that is known', () => {
    const told = granted(opening(1)).when({ ...forged, windowEventId: opening(9).windowEventId });
    expect(told.facts()).toEqual(['AccessGrantFailed.v1 ERR_PROOF_GRANT (goes on)']);
    expect(dueAt(told.state())).toBe(startMs + 3_000 + 60 * minuteMs);
  });
});

describe('drift', () => {
  it('is reported where a granted assignment is not there, and repaired for a new grant, as ours', () => {
    const told = granted(opening(1)).given(opening(2)).aws(absent);
    expect(told.said()).toEqual(['AssignmentDriftDetected.v1', 'FoundGone', 'OperationBegun create']);
    expect(told.aws(accepted).aws(created).facts()).toEqual(['AccessGranted.v1 2 created']);
  });
});
