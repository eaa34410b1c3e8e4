import { isFinal, requestStatus, type AccessEndedV1, type AccessGrantedV1, type GrantStatus } from '@team/contracts';
import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import type { Rule, RuleFrom } from './rule.ts';
import { nameOf } from './assignments.ts';
import type { Grant } from './grants.ts';

/** Each approved grant ends once and for good: nothing is granted after its end, its end never moves, and how it ended never changes. */
export const oneEnd: RuleFrom = ({ forged }, { grants }): Rule => {
  const granted = new Map<string, string>();
  const ended = new Map<string, string>();

  function again(said: Map<string, string>, grant: Grant, data: SeenEvent['detail']['data'], what: string): string | undefined {
    const text = JSON.stringify(data);
    const first = said.get(grant.grantId) ?? text;
    said.set(grant.grantId, first);
    return first === text ? undefined : `grant ${grant.grantId} ${what} twice, and not the same: ${first} and ${text}`;
  }
  const contradiction = ({ grantId, granted: first, ended: end }: Grant): string | undefined =>
    first !== undefined && end !== undefined && Date.parse(end.data.endedAt) < Date.parse(first.grantedAt)
      ? `grant ${grantId} ended at ${end.data.endedAt} and was granted at ${first.grantedAt}`
      : undefined;
  return {
    onEvent({ detailType, detail: { metadata, data } }) {
      if (forged.has(String(metadata['eventId'])) || !['AccessGranted.v1', 'AccessEnded.v1'].includes(detailType)) return undefined;
      const { grantId, assignment } = data as AccessGrantedV1 | AccessEndedV1;
      const grant = grants.find(grantId);
      const isApproved = grant?.name === nameOf(assignment);
      if (detailType === 'AccessEnded.v1') return isApproved ? (again(ended, grant, data, 'ended') ?? contradiction(grant)) : undefined;
      if (!isApproved) return `grant ${grantId} was granted, and nobody approved it so`;
      return again(granted, grant, data, 'was granted') ?? contradiction(grant);
    },
    atRest() {
      const byRequest = new Map<string, Grant[]>();
      for (const grant of grants.all) byRequest.set(grant.requestId, [...(byRequest.get(grant.requestId) ?? []), grant]);
      return [...byRequest].flatMap(([requestId, all]) => {
        const status = requestStatus(all.map(statusOf));
        const each = all.map((grant) => `${grant.grantId} ${statusOf(grant)}`).join(', ');
        return isFinal(status) ? [] : [`request ${requestId} is ${status} for ever: its grants are ${each}`];
      });
    },
  };
};

/** Status of a grant as a subscriber derives it from the facts. */
function statusOf({ opened, granted, endSaid, ended, failedAt }: Grant): GrantStatus {
  if (ended !== undefined) return 'ended';
  if (endSaid !== undefined) return 'ending';
  if (granted !== undefined) return 'active';
  if (failedAt !== undefined) return 'failed';
  return opened ? 'activating' : 'scheduled';
}
