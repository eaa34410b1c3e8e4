import type { Store } from '../cloud/store.ts';
import type { Operation } from './assignment-operations.ts';
import { assignmentKey, type OrganizationState } from './organization-state.ts';
import { workIn, type DeliveredRecord, type Period } from './session-work.ts';

/** What people did under the assignments that were made through the API, so far. */
export interface SessionWork {
  /** Delivered by now, in no order; of one user alone, where one is named (by user name). */
  deliveredBy(now: number, userName?: string): readonly DeliveredRecord[];
}

/**
 * Makes up what people did when it is asked for, from the operations that Identity Center keeps: nothing is stored, and who does not ask
 * pays nothing.
 */
export function createSessionWork(state: OrganizationState, store: Store): SessionWork {
  const operations = store.map<Operation>('sso-admin.operations');

  function* periods(userName: string | undefined): Generator<Period> {
    const done = [...operations.values()].filter(({ status }) => status === 'SUCCEEDED').toSorted((a, b) => a.dueAt - b.dueAt);
    for (const { kind, assignment, requestId, dueAt } of done) {
      if (kind !== 'creation' || assignment.PrincipalType !== 'USER') continue;
      const [user, set] = [state.users.get(assignment.PrincipalId), state.permissionSets.get(assignment.PermissionSetArn)];
      if (user === undefined || set === undefined || (userName !== undefined && user.UserName !== userName)) continue;
      const key = assignmentKey(assignment);
      const removal = done.find((other) => other.kind === 'deletion' && other.dueAt >= dueAt && assignmentKey(other.assignment) === key);
      yield {
        seed: `${requestId} ${key}`,
        accountId: assignment.AccountId,
        region: state.settings.Region,
        permissionSetName: set.Name,
        userName: user.UserName,
        sessionMs: durationMs(set.SessionDuration),
        from: dueAt,
        removedAt: removal?.dueAt,
      };
    }
  }

  return {
    deliveredBy: (now, userName) => [...periods(userName)].flatMap((period) => workIn(period).filter(({ deliveredAt }) => deliveredAt <= now)),
  };
}

/** `PT4H30M`, as permission sets say it. */
function durationMs(duration: string): number {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}
