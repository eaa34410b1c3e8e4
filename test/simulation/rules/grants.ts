import type { AccessApprovedV1, AccessEndedV1, AccessGrantedV1, AccessGrantFailedV1, AccessRevokedV1, Assignment } from '@team/contracts';
import type { SeenEvent } from '../../../infra/local/src/play/world.ts';
import { nameOf } from './assignments.ts';
import type { Presence } from './presence.ts';
import type { Seen } from './seen.ts';

/** What the bus has said of one approved grant, forgeries left out. Times are milliseconds since the epoch. */
export interface Grant {
  readonly grantId: string;
  readonly requestId: string;
  readonly assignment: Assignment;
  /** Of the assignment. */
  readonly name: string;
  readonly notBefore: number;
  readonly openBy: number;
  readonly latestEnd: number;
  opened: boolean;
  granted?: AccessGrantedV1;
  /** When it ended by expiry's first word, and when that word came. */
  endSaid?: { readonly endedAt: number; readonly takenAt: number };
  /** The first answer to its end, and when it came. */
  ended?: { readonly data: AccessEndedV1; readonly takenAt: number };
  failedAt?: number;
}

export interface Grants {
  take(event: SeenEvent): void;
  find(grantId: string): Grant | undefined;
  /** All grants of one assignment. */
  of(name: string): readonly Grant[];
  readonly all: Iterable<Grant>;
}

export function createGrants(seen: Seen, presence: Presence): Grants {
  const byId = new Map<string, Grant>();
  const byName = new Map<string, Grant[]>();

  function approved({ requestId, requester, grants, window }: AccessApprovedV1): void {
    const { notBefore, openBy, latestEnd } = window;
    const bounds = { notBefore: Date.parse(notBefore), openBy: Date.parse(openBy), latestEnd: Date.parse(latestEnd) };
    for (const { grantId, accountId, permissionSetArn } of grants) {
      if (byId.has(grantId)) continue;
      const assignment = { principalId: requester.userId, accountId, permissionSetArn };
      const name = nameOf(assignment);
      const grant: Grant = { grantId, requestId, assignment, name, ...bounds, opened: false };
      byId.set(grantId, grant);
      byName.set(name, [...(byName.get(name) ?? []), grant]);
      presence.follow(assignment);
    }
  }
  /** The grant that an event is about; none where it speaks of another assignment, as answers to forgeries do. */
  function about(data: SeenEvent['detail']['data']): Grant | undefined {
    const { grantId, assignment } = data as { grantId: string; assignment: Assignment };
    const grant = byId.get(grantId);
    return grant?.name === nameOf(assignment) ? grant : undefined;
  }
  return {
    take({ detailType, detail: { metadata, data } }) {
      if (seen.forged.has(String(metadata['eventId']))) return;
      switch (detailType) {
        case 'AccessApproved.v1':
          return approved(data as AccessApprovedV1);
        case 'AccessWindowOpened.v1': {
          const grant = byId.get((data as { grant: { grantId: string } }).grant.grantId);
          if (grant !== undefined) grant.opened = true;
          return;
        }
        case 'AccessGranted.v1': {
          const grant = about(data);
          if (grant !== undefined) grant.granted ??= data as AccessGrantedV1;
          return;
        }
        case 'AccessExpired.v1':
        case 'AccessRevoked.v1': {
          const grant = about(data);
          if (grant !== undefined) grant.endSaid ??= { endedAt: Date.parse((data as AccessRevokedV1).endedAt), takenAt: seen.now() };
          return;
        }
        case 'AccessEnded.v1': {
          const grant = about(data);
          if (grant !== undefined) grant.ended ??= { data: data as AccessEndedV1, takenAt: seen.now() };
          return;
        }
        case 'AccessGrantFailed.v1': {
          const grant = about(data);
          const { final, failedAt } = data as AccessGrantFailedV1;
          if (grant !== undefined && final) grant.failedAt ??= Date.parse(failedAt);
        }
      }
    },
    find: (grantId) => byId.get(grantId),
    of: (name) => byName.get(name) ?? [],
    all: { [Symbol.iterator]: () => byId.values() },
  };
}

/** When a grant is over (ms), by the first who said so and at the latest by its own bounds; what was never opened is over already. */
export function overAt({ opened, granted, endSaid, ended, failedAt, latestEnd }: Grant): number {
  const own = granted === undefined ? latestEnd : Date.parse(granted.endsAt);
  const answered = ended === undefined ? undefined : Date.parse(ended.data.endedAt);
  const said = [endSaid?.endedAt, answered, granted === undefined ? failedAt : undefined];
  return opened || granted !== undefined ? Math.min(own, ...said.filter((at) => at !== undefined)) : 0;
}
