import fc from 'fast-check';
import { stage } from '../../test/scenario.ts';
import { peopleNeeded, unfillableStage } from './staffing.ts';

const stages = (...quorums: readonly number[]) => ({ stages: quorums.map((quorum) => stage(quorum)) });

describe('whether a policy can be satisfied', () => {
  it('needs as many different people as its quorums together', () => {
    expect(peopleNeeded(stages(2, 1))).toBe(3);
  });

  it.each([
    ['one person for one place', stages(1), [['ann']], undefined],
    ['nobody', stages(1), [[]], 0],
    ['a quorum of two with one person', stages(2), [['ann']], 0],
    ['one person in both of two stages', stages(1, 1), [['ann'], ['ann']], 1],
    ['one person in both, and another in the first only', stages(1, 1), [['ann', 'ben'], ['ann']], undefined],
    ['no list for a stage', stages(1, 1), [['ann']], 1],
  ])('with %s: the stage that cannot be filled is %#', (_case, policy, eligible, expected) => {
    expect(unfillableStage(policy, eligible)).toBe(expected);
  });

  it('says so exactly where no assignment of different people to places exists', () => {
    const people = fc.subarray(['ann', 'ben', 'cat', 'dan']);
    const row = fc.record({ quorum: fc.integer({ min: 1, max: 2 }), eligible: people });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (rows) => {
        const places = rows.flatMap(({ quorum, eligible }) => Array.from({ length: quorum }, () => eligible));
        const found = unfillableStage(
          stages(...rows.map(({ quorum }) => quorum)),
          rows.map(({ eligible }) => eligible),
        );
        expect(found === undefined).toBe(assignable(places, []));
      }),
    );
  });
});

function assignable(places: readonly (readonly string[])[], taken: readonly string[]): boolean {
  const [first, ...rest] = places;
  return first === undefined || first.some((who) => !taken.includes(who) && assignable(rest, [...taken, who]));
}
