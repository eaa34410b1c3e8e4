import { absent, accepted, busy, created, deleted, ending, failed, opening, present } from '../../test/examples.ts';
import { granted, story } from '../../test/story.ts';
import { dayMs, minuteMs } from './time.ts';

describe('an operation whose caller never told', () => {
  const lost = () => story().given(opening(1)).aws(absent);

  it('is nobody’s to touch until its time is over', () => {
    const told = lost();
    expect(told.after(44_999).next()).toBe('none');
    expect(told.after(1).next()).toBe('take-over');
  });

  it('is followed where AWS has it under way', () => {
    expect(lost().after(minuteMs).aws(accepted).next()).toBe('poll');
  });

  it('counts as done where AWS shows its effect, and stays ours', () => {
    const told = lost().after(minuteMs).aws({ type: 'read-back', present: true, sessionMinutes: 0 });
    expect(told.facts()).toEqual(['AccessGranted.v1 1 created']);
    expect(told.state().ownership).toBe('ours');
  });

  it('is tried again where AWS shows nothing, and what turns up then is still ours', () => {
    const told = lost().after(minuteMs).aws({ type: 'read-back', present: false, sessionMinutes: 0 }).after(1_000);
    expect(told.next()).toBe('look');
    expect(told.aws(present).facts()).toEqual(['AccessGranted.v1 1 created']);
    expect(told.state().ownership).toBe('ours');
    expect(told.given(ending(1)).next()).toBe('delete');
  });

  it('counts as done for a deletion where nothing is there any more', () => {
    const told = granted(opening(1)).given(ending(1)).aws({ type: 'begin-removal' }).after(minuteMs);
    expect(told.next()).toBe('take-over');
    expect(told.aws({ type: 'read-back', present: false, sessionMinutes: 60 }).facts()).toEqual(['AccessEnded.v1 1 deleted']);
  });
});

describe('what is learned too late', () => {
  it.each([accepted, created, failed, busy, { type: 'read-back', present: true, sessionMinutes: 0 } as const])(
    'about an operation that is over changes nothing: $type',
    (fact) => {
      const told = granted(opening(1)).given(ending(1)).aws({ type: 'begin-removal' });
      expect(told.aws({ ...fact, epoch: 1 }).said()).toEqual([]);
    },
  );

  it('by a look from before an operation changes nothing', () => {
    const told = granted(opening(1)).given(ending(1)).aws({ type: 'begin-removal' }).aws(accepted).aws(deleted).after(dayMs);
    told.given(opening(2, told.now()));
    expect(told.aws({ ...present, epoch: 1 }).said()).toEqual([]);
    expect(told.state().ownership).toBe('unknown');
  });

  it('as a refusal of a call that AWS turned out to have taken changes nothing', () => {
    expect(story().given(opening(1)).aws(absent).aws(accepted).aws(busy).said()).toEqual([]);
  });
});
