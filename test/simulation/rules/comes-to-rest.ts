import type { Rule, RuleFrom } from './rule.ts';

/** So many things that move are named. */
const mostNamed = 5;

/**
 * A run comes to rest: some hours after the last that anybody did, and again after dead letters were put back, nothing is on its way and
 * nobody waits for anything, since the latest deadlines and ends are over by then.
 */
export const comesToRest: RuleFrom = ({ moving }): Rule => {
  function look(): Promise<string[]> {
    const all = [...moving()];
    const named = all.slice(0, mostNamed).join(', ');
    return Promise.resolve(all.length === 0 ? [] : [`the run does not come to rest: ${named}${all.length > mostNamed ? `, and ${all.length - mostNamed} more` : ''}`]);
  }
  return { beforeRedrive: look, atRest: look };
};
