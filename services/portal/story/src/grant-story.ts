import {
  accessEndedV1,
  accessExpiredV1,
  accessExtendedV1,
  accessGrantFailedV1,
  accessGrantedV1,
  accessOverdueV1,
  accessRevokedV1,
  accessWindowOpenedV1,
  sessionActivityCollectedV1,
  type AccessApprovedV1,
  type Actor,
  type GrantStatus,
  type Reason,
  type SessionActivityCollectedV1,
} from '@team/contracts';
import type { Facts } from './facts.ts';

/** One permission set in one account, and what has become of it. Times are ISO 8601 UTC. */
export interface GrantStory {
  readonly grantId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSetArn: string;
  readonly permissionSetName: string;
  readonly status: GrantStatus;
  /** Why, and by whom, where it ended before its time or failed. */
  readonly reason?: Reason;
  readonly by?: Actor;
  readonly grantedAt?: string;
  /** As it was given; `endOf` knows of extensions. */
  readonly endsAt?: string;
  readonly endedAt?: string;
  readonly removedAt?: string;
  /** From then on credentials that were issued under this grant do not work any more. */
  readonly credentialsUselessBy?: string;
  /** The last extension under which it goes on, and until when. */
  readonly extended?: { readonly by: string; readonly until: string };
  /** How it was given, and what became of it in the end. */
  readonly given?: string;
  readonly ended?: string;
  /** What was done under it, as far as that was collected so far. */
  readonly activity?: GrantActivity;
  /** Its end was not confirmed in time. */
  readonly overdue: boolean;
}

/** The last collection of what was done under a grant. */
export interface GrantActivity extends Pick<SessionActivityCollectedV1, 'reads' | 'writes' | 'errors' | 'afterRemoval' | 'services' | 'state' | 'use' | 'reason' | 'collection' | 'collections'> {
  readonly collectedAt: string;
}

/** When its time is over: as it was given, or as it was extended. */
export const endOf = ({ extended, endsAt }: Pick<GrantStory, 'extended' | 'endsAt'>): string | undefined => extended?.until ?? endsAt;

/** What the facts say about a grant, in whatever order they came. */
export function grantStory({ grantId, accountId, accountName, permissionSetArn, permissionSetName }: AccessApprovedV1['grants'][number], facts: Facts): GrantStory {
  const ofThis = (fact: { readonly grantId: string }): boolean => fact.grantId === grantId;
  const opened = facts(accessWindowOpenedV1).some(({ grant }) => ofThis(grant));
  const granted = facts(accessGrantedV1).find(ofThis);
  // What is refused without being final was a forgery or a repetition; the grant itself goes on.
  const failed = facts(accessGrantFailedV1).find((fact) => ofThis(fact) && fact.final);
  const revoked = facts(accessRevokedV1).find(ofThis);
  const expired = facts(accessExpiredV1).find(ofThis);
  const ended = facts(accessEndedV1).find(ofThis);
  // Each later extension ends later, in whatever order they are told.
  const extended = facts(accessExtendedV1).filter(ofThis).toSorted((a, b) => Date.parse(b.endsAt) - Date.parse(a.endsAt))[0];
  const collected = facts(sessionActivityCollectedV1).filter(ofThis).toSorted((a, b) => Date.parse(a.collectedAt) - Date.parse(b.collectedAt)).at(-1);
  const ending = revoked ?? expired;
  const reason = revoked?.reason ?? failed?.reason;
  return {
    grantId,
    accountId,
    accountName,
    permissionSetArn,
    permissionSetName,
    status: status(),
    overdue: ended === undefined && facts(accessOverdueV1).some(ofThis),
    ...(reason === undefined ? {} : { reason }),
    ...(revoked === undefined ? {} : { by: revoked.by }),
    ...(granted === undefined ? {} : { grantedAt: granted.grantedAt, endsAt: granted.endsAt, given: granted.how }),
    ...(extended === undefined ? {} : { extended: { by: extended.extension.requestId, until: extended.endsAt } }),
    ...(ending === undefined ? {} : { endedAt: ending.endedAt }),
    ...(ended === undefined ? {} : { ended: ended.how }),
    ...(collected === undefined ? {} : { activity: activityIn(collected) }),
    ...(ended?.removedAt === undefined ? {} : { removedAt: ended.removedAt }),
    ...(ended?.credentialsUselessBy === undefined ? {} : { credentialsUselessBy: ended.credentialsUselessBy }),
  };

  /** The same rule as that of the expiry service, which sees the same facts. */
  function status(): GrantStatus {
    if (ending !== undefined && ended === undefined) return 'ending';
    if (ending !== undefined) return revoked === undefined ? 'ended' : 'revoked';
    if (failed !== undefined && opened && granted === undefined) return 'failed';
    if (ended !== undefined) return 'ended';
    if (granted !== undefined) return 'active';
    return opened ? 'activating' : 'scheduled';
  }
}

function activityIn({ reads, writes, errors, afterRemoval, services, state, use, reason, collection, collections, collectedAt }: SessionActivityCollectedV1): GrantActivity {
  return { reads, writes, errors, afterRemoval, services, state, use, reason, collection, collections, collectedAt };
}
