import type { AccessApprovedV1 } from '@team/contracts';
import type { Rule } from '../watch.ts';
import type { Scene } from '../scene.ts';

/**
 * `CreateAccountAssignment` is called only for a grant that the approval service, and nobody else, put on the bus as approved, between
 * `notBefore` and `openBy` of that very approval, and never after an end of the grant that provisioning knows of.
 */
export function approvedBeforeAssigned(scene: Scene): Rule {
  const approved = new Map<string, { grantId: string; notBefore: number; openBy: number }[]>();
  /** As provisioning keys its assignments: a user id has one spelling. */
  const keyOf = (principalId: unknown, accountId: unknown, permissionSetArn: unknown): string =>
    ['assignment', String(principalId).toLowerCase(), accountId, permissionSetArn].join('#');
  return {
    onEvent({ detailType, detail }) {
      if (detailType !== 'AccessApproved.v1' || scene.forged.has(String(detail.metadata['eventId']))) return undefined;
      const { grants, window, requester } = detail.data as AccessApprovedV1;
      for (const { grantId, accountId, permissionSetArn } of grants) {
        const key = keyOf(requester.userId, accountId, permissionSetArn);
        const bounds = { grantId, notBefore: Date.parse(window.notBefore), openBy: Date.parse(window.openBy) };
        approved.set(key, [...(approved.get(key) ?? []), bounds]);
      }
      return undefined;
    },
    onCall({ action, input }) {
      if (action !== 'CreateAccountAssignment') return undefined;
      const now = scene.world.now();
      const key = keyOf(input['PrincipalId'], input['TargetId'], input['PermissionSetArn']);
      const state = scene.tables.item('provisioning', 'aggregates', key)?.['state'] as { holds?: Record<string, { status: string }> } | undefined;
      const open = (approved.get(key) ?? []).filter(({ notBefore, openBy }) => notBefore <= now && now <= openBy);
      if (open.length === 0) return `an assignment is created for ${key}, and no approval covers it now`;
      const wanted = open.some(({ grantId }) => ['waiting', 'held'].includes(state?.holds?.[grantId]?.status ?? ''));
      return wanted ? undefined : `an assignment is created for ${key}, and every grant that could want it is over`;
    },
  };
}
