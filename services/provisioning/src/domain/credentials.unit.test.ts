import { absent, accepted, created, deleted, ending, opening, present } from '../../test/examples.ts';
import { granted, story } from '../../test/story.ts';
import { longestSessionMinutes } from './facts.ts';
import { minuteMs } from './time.ts';

/** Minutes from now until credentials are said to be useless. */
const uselessIn = (told: ReturnType<typeof story>): number | undefined => {
  const data = told.data('AccessEnded.v1');
  const by = data !== undefined && 'credentialsUselessBy' in data ? data.credentialsUselessBy : undefined;
  return by === undefined ? undefined : (Date.parse(by) - told.now()) / minuteMs;
};
/** The removal, with AWS saying that a session now lasts so long (minutes). */
const removed = (told: ReturnType<typeof story>, sessionMinutes: number) =>
  told.aws({ type: 'begin-removal' }).aws(accepted).aws({ ...deleted, sessionMinutes });
const asking = (n: number, sessionMinutes: number) => ({ ...opening(n), sessionMinutes });

describe('credentials are useless', () => {
  it('after the session that the permission set says at the removal', () => {
    expect(uselessIn(removed(granted(asking(1, 60)).given(ending(1)), 240))).toBe(240);
  });

  it('after the session that it said when the grant was asked for, where it was shortened since', () => {
    expect(uselessIn(removed(granted(asking(1, 480)).given(ending(1)), 60))).toBe(480);
  });

  it('after the longest session of any grant that shared the assignment, also of one that ended before', () => {
    const told = granted(asking(1, 480)).given(asking(2, 60)).aws(present).given(ending(1)).given(ending(2));
    expect(uselessIn(removed(told, 60))).toBe(480);
  });

  it('after the longest, also where somebody removed it by hand while one still held it', () => {
    const told = granted(asking(1, 480)).given(asking(2, 60)).aws(present).given({ type: 'check' }).aws({ ...absent, recreate: true });
    told.aws(accepted).aws(created).given(ending(1)).given(ending(2));
    expect(uselessIn(removed(told, 60))).toBe(480);
  });

  it('after what counts for the grants of now, once nobody held it', () => {
    const told = removed(granted(asking(1, 480)).given(ending(1)), 60).given(asking(2, 60));
    told.aws(absent).aws(accepted).aws(created).given(ending(2));
    expect(uselessIn(removed(told, 60))).toBe(60);
  });

  it('after no longer than any session may last, whatever the event said', () => {
    expect(uselessIn(removed(granted(asking(1, 43_200)).given(ending(1)), 60))).toBe(longestSessionMinutes);
  });

  it('for a grant that was over before it was given, after its own session', () => {
    const told = story().given(asking(1, 480)).aws(absent).aws(accepted).given(ending(1)).aws(created);
    expect(uselessIn(removed(told, 60))).toBe(480);
  });
});
