import type { Rule, RuleFrom } from './rule.ts';
import type { Grant } from './grants.ts';

/**
 * `AccessEnded` is said only of what is over: its end was said before, by the expiry service or by an intruder whom provisioning cannot
 * tell from it, or its own time had passed.
 */
export const endedWhenOver: RuleFrom = ({ now }, { grants }): Rule => {
  const saidAt = new Map<unknown, number>();
  function early({ grantId, ended, granted, latestEnd }: Grant): string[] {
    if (ended === undefined) return [];
    const own = granted === undefined ? latestEnd : Date.parse(granted.endsAt);
    const isOver = Date.parse(ended.data.endedAt) >= own || (saidAt.get(grantId) ?? Infinity) <= ended.takenAt;
    return isOver ? [] : [`grant ${grantId} ended at ${ended.data.endedAt}, before anybody had said so, and was to end at ${new Date(own).toISOString()}`];
  }
  return {
    onEvent({ detailType, detail: { data } }) {
      const isEnd = detailType === 'AccessExpired.v1' || detailType === 'AccessRevoked.v1';
      if (isEnd && !saidAt.has(data['grantId'])) saidAt.set(data['grantId'], now());
      return undefined;
    },
    // Facts of one commit may come in any order: by when a grant ends is known when all has come.
    atRest: () => [...grants.all].flatMap(early),
  };
};
