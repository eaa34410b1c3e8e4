import type { AccessExpiredV1 } from '@team/contracts';
import type { Rule, RuleFrom } from './rule.ts';

/**
 * An end is said when it has come, not before, and once said it never moves. What runs out does so when it was promised to: a grant that
 * was given when its whole duration is over, one that nobody is known to have been given at its latest end.
 */
export const endsAsReckoned: RuleFrom = ({ now, forged }, { grants }): Rule => {
  const said = new Map<string, string>();
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (forged.has(String(metadata['eventId'])) || !['AccessExpired.v1', 'AccessRevoked.v1'].includes(detailType)) return undefined;
      const { grantId, endedAt } = data as AccessExpiredV1;
      const first = said.get(grantId) ?? endedAt;
      said.set(grantId, first);
      if (first !== endedAt) return `the end of grant ${grantId} moved from ${first} to ${endedAt}`;
      if (now() < Date.parse(endedAt)) return `the end of grant ${grantId} at ${endedAt} is said before it has come`;
      const grant = grants.find(grantId);
      if (grant === undefined || detailType !== 'AccessExpired.v1') return undefined;
      const promised = [grant.latestEnd, ...(grant.granted === undefined ? [] : [Date.parse(grant.granted.endsAt)])];
      if (promised.includes(Date.parse(endedAt))) return undefined;
      return `grant ${grantId} expired at ${endedAt}, and was to end at ${promised.map((ms) => new Date(ms).toISOString()).join(' or ')}`;
    },
  };
};
