import type { AccessApprovedV1, AccessGrantedV1, AccessRevokedV1, AccessWindowOpenedV1 } from '@team/contracts';
import { nameOf } from './assignments.ts';
import type { Rule, RuleFrom } from './rule.ts';

/**
 * What prolongs each other ends together: once somebody has ended a grant, no other of its stretch on the same assignment opens or goes on.
 * And no stretch lasts longer than was accepted for the whole, from when its first grant was given.
 */
export const stretchesEndTogether: RuleFrom = ({ forged }, { grants }): Rule => {
  /** Of an extension, the first request of the stretch; the others are stretches of their own. */
  const firstOf = new Map<string, string>();
  const wholeMinutes = new Map<string, number>();
  /** When somebody ended a stretch on an assignment (ms). */
  const endedAt = new Map<string, number>();
  const stretchOf = (requestId: string, name: string): string => `${firstOf.get(requestId) ?? requestId} ${name}`;

  function tooLong({ requestId, grantId, assignment, endsAt }: AccessGrantedV1): string | undefined {
    const whole = wholeMinutes.get(requestId);
    const name = nameOf(assignment);
    const first = grants.of(name).find((grant) => grant.requestId === firstOf.get(requestId));
    if (whole === undefined || first?.granted === undefined) return undefined;
    const last = Date.parse(first.granted.grantedAt) + whole * 60_000;
    return Date.parse(endsAt) <= last ? undefined : `grant ${grantId} ends at ${endsAt}, and its stretch was to end at ${new Date(last).toISOString()}`;
  }
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (forged.has(String(metadata['eventId']))) return undefined;
      switch (detailType) {
        case 'AccessApproved.v1': {
          const { requestId, stretch } = data as AccessApprovedV1;
          if (stretch === undefined) return undefined;
          firstOf.set(requestId, stretch.requestId);
          wholeMinutes.set(requestId, stretch.durationMinutes);
          return undefined;
        }
        case 'AccessRevoked.v1': {
          const { requestId, assignment, reason, endedAt: at } = data as AccessRevokedV1;
          const stretch = stretchOf(requestId, nameOf(assignment));
          if (reason.code === 'ERR_ACCESS_REVOKED' && !endedAt.has(stretch)) endedAt.set(stretch, Date.parse(at));
          return undefined;
        }
        case 'AccessGranted.v1':
          return tooLong(data as AccessGrantedV1);
        case 'AccessWindowOpened.v1': {
          const grant = grants.find((data as AccessWindowOpenedV1).grant.grantId);
          const ended = grant && endedAt.get(stretchOf(grant.requestId, grant.name));
          const openedAt = Date.parse(String(metadata['occurredAt']));
          // An outbox says what it held however long after: what was opened before the end is only told again.
          if (grant === undefined || ended === undefined || openedAt <= ended) return undefined;
          return `grant ${grant.grantId} was opened after somebody had ended what it prolongs`;
        }
        default:
          return undefined;
      }
    },
    atRest() {
      return [...grants.all].flatMap(({ grantId, requestId, name, opened, endSaid }) => {
        const at = endedAt.get(stretchOf(requestId, name));
        if (at === undefined || !opened || (endSaid !== undefined && endSaid.endedAt <= at)) return [];
        return [`grant ${grantId} went on after ${new Date(at).toISOString()}, when somebody ended what it prolongs, or is prolonged by`];
      });
    },
  };
};
