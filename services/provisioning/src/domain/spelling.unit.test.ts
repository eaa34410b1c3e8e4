import { absent, accepted, created, deleted, ending, opening, someone, startMs } from '../../test/examples.ts';
import { story } from '../../test/story.ts';

/** Identity Store takes ids in either letter case, and so would an end that somebody forged. */
const shouting = { ...someone, principalId: someone.principalId.toUpperCase() };
const forgedEnd = (n: number) => ({ ...ending(n), assignment: shouting });
type Story = ReturnType<typeof story>;
const spelled = (told: Story, type: 'AccessGranted.v1' | 'AccessEnded.v1' | 'AccessGrantFailed.v1') => {
  const data = told.data(type);
  return data !== undefined && 'assignment' in data ? data.assignment : undefined;
};

describe('a user id is spelled', () => {
  it('as in the window whose evidence is whole, whoever named the assignment before', () => {
    const told = story().given(forgedEnd(9)).given(opening(1));
    expect(told.state().assignment).toEqual(someone);
    expect(spelled(told.aws(absent).aws(accepted).aws(created), 'AccessGranted.v1')).toEqual(someone);
    told.given(forgedEnd(1)).aws({ type: 'begin-removal' }).aws(accepted).aws(deleted);
    expect(spelled(told, 'AccessEnded.v1')).toEqual(someone);
    expect(spelled(told.when(forgedEnd(1)), 'AccessEnded.v1')).toEqual(someone);
  });

  it('as who asks spells it, where no window ever came', () => {
    const told = story().when(forgedEnd(1));
    expect(spelled(told, 'AccessEnded.v1')).toEqual(shouting);
    expect(spelled(told.when(ending(1)), 'AccessEnded.v1')).toEqual(someone);
    expect(spelled(told.when(ending(2)), 'AccessEnded.v1')).toEqual(someone);
  });

  it('as in its window, where nothing had to be done for a grant', () => {
    const told = story().given(forgedEnd(9)).given(opening(1)).when(forgedEnd(1));
    expect(spelled(told, 'AccessEnded.v1')).toEqual(someone);
  });

  it('and spelling it otherwise changes nothing else', () => {
    const told = story().given(opening(1)).given({ ...opening(2), assignment: shouting });
    expect(Object.keys(told.state().holds)).toHaveLength(2);
    expect(told.state().changedAt).toBe(startMs);
  });
});
