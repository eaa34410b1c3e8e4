import type { Rule, RuleFrom } from './rule.ts';

/**
 * An end that nobody has answered is said again each minute. Minutes of the cron that are left out, timers that are lost and processes
 * that die may hold that up, but hardly for so long (ms).
 */
const longestSilenceMs = 20 * 60_000;

/** Whoever did not hear of an end hears of it again: expiry goes on saying it until `AccessEnded` is on the bus. */
export const endsAreRepeated: RuleFrom = ({ now, forged }, { grants }): Rule => {
  const saidAt = new Map<string, number>();
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (forged.has(String(metadata['eventId'])) || !['AccessExpired.v1', 'AccessRevoked.v1', 'AccessEnded.v1'].includes(detailType)) return undefined;
      const grantId = String(data['grantId']);
      const grant = grants.find(grantId);
      if (grant?.endSaid === undefined) return undefined;
      const last = saidAt.get(grantId) ?? grant.endSaid.takenAt;
      // An answer that is on the bus may be long on its way to expiry.
      const answeredAt = grant.ended?.takenAt ?? now();
      if (detailType !== 'AccessEnded.v1') saidAt.set(grantId, now());
      return answeredAt - last > longestSilenceMs
        ? `the end of grant ${grantId} was not answered, and not said again for ${Math.round((answeredAt - last) / 60_000)} minutes`
        : undefined;
    },
  };
};
