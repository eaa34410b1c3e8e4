import { absent, accepted, created, deleted, ending, failed, grantOf, opening, present, reason, startMs } from '../../test/examples.ts';
import { granted, story } from '../../test/story.ts';
import { forgetAt, workOf } from './next-step.ts';
import { minuteMs } from './time.ts';
import { checkAt } from './watch.ts';

const every = 15 * minuteMs;
const check = { type: 'check' } as const;
type Story = ReturnType<typeof granted>;

/** Minutes from now until the reconciler is to come. */
const comesIn = (told: Story) => {
  const at = checkAt(told.state(), every);
  return at === undefined ? undefined : (at - told.now()) / minuteMs;
};
const ended = () => granted(opening(1)).given(ending(1)).aws({ type: 'begin-removal' }).aws(accepted).aws(deleted);
/** The same after a creation of which AWS never said what became of it. */
const endedAfterLoss = () =>
  story().given(opening(1)).aws(absent).after(minuteMs).aws({ type: 'read-back', present: false, sessionMinutes: 0 }).after(1_000)
    .aws(absent).aws(accepted).after(3_000).aws(created).when(ending(1)).aws({ type: 'begin-removal' }).aws(accepted).aws(deleted);
const existed = () => story().given(opening(1)).aws(present);

describe('what a grant holds', () => {
  it('is looked at each quarter of an hour, after everything else', () => {
    const told = granted(opening(1));
    expect(comesIn(told)).toBe(15);
    expect(told.next()).toBe('none');
    expect(told.after(15 * minuteMs).when(check).said()).toEqual(['LookAsked']);
    expect(told.next()).toBe('look');
    expect(workOf(told.state())).toMatchObject({ workClass: 'check', workAt: told.now() });
    expect(told.aws(present).facts()).toEqual([]);
    expect([told.next(), comesIn(told)]).toEqual(['none', 15]);
  });

  it('is not asked about again before the look was had', () => {
    const told = granted(opening(1)).after(every).given(check);
    expect(told.after(minuteMs).when(check).said()).toEqual([]);
    expect(comesIn(told)).toBe(45);
  });

  it('is settled a minute after its end, where nobody said so and no timer came', () => {
    const told = granted(opening(1, startMs, 10));
    expect(comesIn(told)).toBe(11);
    expect(told.after(11 * minuteMs).when(check).said()).toContain('EndBegun');
    expect(told.next()).toBe('delete');
  });

  it('is said to be missing once, and left so; what it would be created for has its own end', () => {
    const told = granted(opening(1)).after(every).given(check);
    expect(told.aws(absent).facts()).toEqual(['AssignmentDriftDetected.v1']);
    expect(told.data('AssignmentDriftDetected.v1')).toMatchObject({ wanted: 'present', actual: 'absent', repair: 'none', grantIds: [grantOf(1).grantId] });
    for (const minutes of [1, 3, 15, 15]) expect(told.after(minutes * minuteMs).given(check).aws(absent).facts()).toEqual([]);
    expect(told.next()).toBe('none');
  });

  it('that vanished ends as deleted, with credentials counted from when AWS reported it gone', () => {
    const told = granted(opening(1)).after(every).given(check).aws(absent).after(45 * minuteMs).when({ type: 'due' });
    expect(told.said()).toEqual(['AccessEnded.v1 1 deleted']);
    expect(told.data('AccessEnded.v1')).toMatchObject({
      removedAt: '2026-11-22T10:15:03.000Z',
      credentialsUselessBy: '2026-11-22T22:15:03.000Z',
      endedAt: '2026-11-22T11:00:03.000Z',
    });
  });

  it('is ours again where it turns up within minutes, and a second disappearance is said again', () => {
    const told = granted(opening(1)).after(every).given(check).aws(absent).after(minuteMs).given(check).aws(present);
    expect(told.facts()).toEqual([]);
    expect(told.state().ownership).toBe('ours');
    expect(told.after(every).given(check).aws(absent).facts()).toEqual(['AssignmentDriftDetected.v1']);
  });

  it('is somebody else’s where it turns up later, and stays at the end', () => {
    const told = granted(opening(1)).after(every).given(check).aws(absent);
    for (const minutes of [1, 3]) told.after(minutes * minuteMs).given(check).aws(absent);
    expect(told.after(every).given(check).aws(present).said()).toEqual(['FoundExisting']);
    expect(told.when(ending(1)).said()).toEqual(['AccessEnded.v1 1 existed_before']);
    expect(told.next()).toBe('none');
  });

  it('and existed before us is only reported when it goes, and still nobody’s but theirs when it returns', () => {
    const told = existed().after(every).given(check);
    expect(told.aws({ ...absent, recreate: true }).said()).toEqual(['AssignmentDriftDetected.v1']);
    expect(told.data('AssignmentDriftDetected.v1')).toMatchObject({ repair: 'none' });
    expect(told.after(every).given(check).aws(present).said()).toEqual([]);
    expect(told.when(ending(1)).facts()).toEqual(['AccessEnded.v1 1 existed_before']);
  });

  it('is not called missing after its end', () => {
    const told = granted(opening(1, startMs, 10)).after(9 * minuteMs).given(check).after(minuteMs + 5_000);
    expect(told.aws(absent).facts()).toEqual(['AccessEnded.v1 1 deleted']);
  });

  it('is asked about again later where AWS does not say', () => {
    const told = granted(opening(1)).after(every).given(check);
    expect(told.aws({ type: 'unseen', reason }).said()).toEqual(['TryPostponed']);
    expect(told.next()).toBe('none');
    expect(told.after(1_000).next()).toBe('look');
  });

  it('is looked at also while a window waits for its time to come', () => {
    const told = granted(opening(1)).given(opening(2, startMs + 120 * minuteMs)).after(every).given(check);
    expect([told.next(), workOf(told.state()).workClass]).toEqual(['look', 'check']);
    expect(told.aws(absent).facts()).toEqual(['AssignmentDriftDetected.v1']);
  });

  it('is judged by no look that a pass had which is over', () => {
    const told = granted(opening(1)).after(every).given(check);
    expect(told.aws({ ...absent, until: told.now() }).said()).toEqual([]);
    expect(told.next()).toBe('look');
  });
});

describe('creating again what somebody removed', () => {
  const missing = (durationMinutes = 240) => granted(opening(1, startMs, durationMinutes)).after(every).given(check);
  const again = { ...absent, recreate: true } as const;

  it('is done where it is asked for, says no second AccessGranted, and moves no end', () => {
    const told = missing();
    const end = checkAt(told.state(), Infinity);
    expect(told.aws(again).said()).toEqual(['AssignmentDriftDetected.v1', 'FoundGone', 'OperationBegun create']);
    expect(told.data('AssignmentDriftDetected.v1')).toMatchObject({ repair: 'create' });
    expect(told.data('OperationBegun')).toMatchObject({ grantId: grantOf(1).grantId });
    expect(told.aws(accepted).after(3_000).aws(created).facts()).toEqual([]);
    expect(checkAt(told.state(), Infinity)).toBe(end);
    expect(told.when(ending(1)).given({ type: 'due' }).next()).toBe('delete');
  });

  it('is tried again a minute after it failed, and the drift not said again', () => {
    const told = missing().aws(again).aws(accepted).aws(failed);
    expect(told.facts()).toEqual([]);
    expect(comesIn(told)).toBe(1);
    expect(told.after(minuteMs).given(check).aws(again).said()).toEqual(['FoundGone', 'OperationBegun create']);
  });

  it('never begins after the time until which its grant had to be opened', () => {
    const inTime = missing().after(60 * minuteMs - every - 3_000);
    expect(inTime.aws(again).said()).toContain('OperationBegun create');
    const late = missing().after(60 * minuteMs - every - 3_000 + 1);
    expect(late.aws(again).said()).toEqual(['AssignmentDriftDetected.v1', 'FoundGone']);
    expect(late.data('AssignmentDriftDetected.v1')).toMatchObject({ repair: 'none' });
  });

  it('never begins for a grant whose end is known', () => {
    expect(missing().given(ending(1)).aws(again).said()).not.toContain('OperationBegun create');
    expect(missing(20).after(6 * minuteMs).aws(again).said()).not.toContain('OperationBegun create');
  });
});

it('what was ours and is gone, with every call answered, is nobody’s business: what people make right after is theirs', () => {
  const told = ended();
  expect(comesIn(told)).toBeUndefined();
  expect(told.after(minuteMs).when(check).said()).toEqual([]);
  expect(told.aws(present).said()).toEqual([]);
});

it('but who asks for it within minutes is given it by a call of ours, since reads may lag', () => {
  const told = ended().after(minuteMs).given(opening(2, startMs + minuteMs));
  expect(told.aws(present).said()).toEqual(['OperationBegun create']);
});

describe('what was ours and is gone, after a creation that was lost', () => {
  it('is looked for twice more, and then forgotten about', () => {
    const told = endedAfterLoss();
    expect(comesIn(told)).toBe(1);
    expect(told.after(minuteMs).given(check).aws(absent).said()).toEqual([]);
    expect(comesIn(told)).toBe(3);
    expect(told.after(3 * minuteMs).given(check).aws(absent).said()).toEqual([]);
    expect(comesIn(told)).toBeUndefined();
    expect(forgetAt(told.state())).toBeGreaterThan(told.now());
  });

  it.each([1, 4])('and turns up at the look after %d min is reported and removed, and looked for anew', (minutes) => {
    const told = endedAfterLoss();
    if (minutes === 4) told.after(minuteMs).given(check).aws(absent).after(3 * minuteMs).given(check);
    else told.after(minuteMs).given(check);
    expect(told.aws(present).said()).toEqual(['AssignmentDriftDetected.v1', 'FoundStanding', 'OperationBegun delete']);
    expect(told.data('AssignmentDriftDetected.v1')).toMatchObject({ wanted: 'absent', actual: 'present', repair: 'remove', grantIds: [grantOf(1).grantId] });
    expect(told.aws(accepted).aws(deleted).facts()).toEqual([]);
    expect(comesIn(told)).toBe(1);
  });

  it('stays in doubt while AWS does not answer', () => {
    const told = endedAfterLoss().after(4 * minuteMs).given(check).aws({ type: 'unseen', reason }).after(20 * minuteMs);
    expect(told.aws(present).said()).toContain('OperationBegun delete');
  });

  it('but for an hour at most: what stands there later is somebody else’s, and nobody’s business', () => {
    const told = endedAfterLoss().after(60 * minuteMs).given(check);
    expect(told.aws(present).said()).toEqual([]);
    expect([told.next(), comesIn(told)]).toEqual(['none', undefined]);
  });

  it('is not looked for any more once AWS said so after the last time', () => {
    const told = endedAfterLoss().after(4 * minuteMs).given(check).aws(absent).after(1_000);
    expect(told.when(check).said()).toEqual([]);
    expect(told.aws(present).said()).toEqual([]);
    expect(told.after(minuteMs).given(opening(2, told.now())).aws(present).facts()).toEqual(['AccessGranted.v1 2 existed_before']);
  });

  it('and turns up while another grant waits for its time to come is removed like any other', () => {
    const told = endedAfterLoss().given(opening(2, startMs + 5 * minuteMs)).after(minuteMs).given(check);
    expect(told.aws(present).said()).toEqual(['AssignmentDriftDetected.v1', 'FoundStanding', 'OperationBegun delete']);
  });
});

it('nobody comes to what was never held', () => {
  const told = story().given(ending(1));
  expect(comesIn(told)).toBeUndefined();
  expect(told.when(check).said()).toEqual([]);
});
