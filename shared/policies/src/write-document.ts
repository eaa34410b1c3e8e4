import type { ApproverPolicy, Bundle, EligibilityPolicy, EmitterRegistration, Limits, PolicyTargets, PortalAccess, Principals, TagMatch } from '@team/contracts';
import type { PrincipalNames, TagNames, TargetNames } from './documents/parts.ts';
import { fromTimeWindow } from './documents/time-windows.ts';
import type { Lookup, Names } from './names.ts';

/** A document as it is written: members in the order in which people read them; `undefined` ones are left out. */
export type WrittenDocument = Readonly<Record<string, unknown>>;

/** From policies with ids to documents with names: what a resolver does, backwards. */
export interface Writer {
  eligibility(policy: EligibilityPolicy): WrittenDocument;
  approver(policy: ApproverPolicy): WrittenDocument;
  limits(limits: Limits): WrittenDocument;
  bundle(bundle: Bundle): WrittenDocument;
  emitter(emitter: EmitterRegistration): WrittenDocument;
  portal(portal: PortalAccess): WrittenDocument;
}

/** `missing` is told each id that nothing has. */
export function writer(names: Names, missing: (id: string) => void): Writer {
  const written = (ids: readonly string[], lookup: Lookup): string[] =>
    ids.map((id) => {
      if (!lookup.has(id)) missing(id);
      return lookup.nameOf(id);
    });
  const some = (ids: readonly string[], lookup: Lookup): string[] | undefined => (ids.length === 0 ? undefined : written(ids, lookup));
  const principals = ({ groupIds, userIds }: Principals): PrincipalNames => ({
    groups: some(groupIds, names.groups),
    users: some(userIds, names.users),
  });
  const targets = ({ accountIds, organizationalUnitIds, accountTags }: PolicyTargets): TargetNames => ({
    accounts: some(accountIds, names.accounts),
    organizationalUnits: some(organizationalUnitIds, names.organizationalUnits),
    accountTags: tags(accountTags),
  });
  const permissionSets = (arns: readonly string[]): string[] | undefined => some(arns, names.permissionSets);
  const anybodyOr = (some: 'everyone' | Principals | undefined) => (some === 'everyone' ? some : some && principals(some));
  const isSomebody = ({ groupIds, userIds }: Principals): boolean => groupIds.length + userIds.length > 0;

  return {
    eligibility: ({ policyId, effect, principals: who, targets: where, permissionSetArns, permissionSetTags, timeWindows, validFrom, validUntil, ...rules }) => ({
      kind: 'EligibilityPolicy',
      name: policyId,
      effect,
      principals: principals(who),
      targets: targets(where),
      permissionSets: permissionSets(permissionSetArns),
      permissionSetTags: tags(permissionSetTags),
      ...inOrder(rules),
      timeWindows: timeWindows?.map(fromTimeWindow),
      validFrom,
      validUntil,
    }),
    approver: ({ policyId, targets: where, permissionSetArns = [], requesters, stages, deadlineMinutes, remindEveryMinutes }) => ({
      kind: 'ApproverPolicy',
      name: policyId,
      targets: targets(where),
      permissionSets: permissionSets(permissionSetArns),
      requesters: requesters && principals(requesters),
      stages: stages.map(({ approvers, quorum, requesterManager, always, escalation }) => ({
        approvers: isSomebody(approvers) ? principals(approvers) : undefined,
        requesterManager,
        quorum,
        always,
        escalation: escalation && { afterMinutes: escalation.afterMinutes, to: principals(escalation.to) },
      })),
      deadlineMinutes,
      remindEveryMinutes,
    }),
    limits: ({ administrators, auditors, protectedAccountIds, openRequestsPerPermissionSet, ...rest }) => ({
      kind: 'Limits',
      ...inOrder(rest),
      openRequestsPerPermissionSet:
        openRequestsPerPermissionSet &&
        Object.fromEntries(openRequestsPerPermissionSet.flatMap(({ permissionSetArn, perUser }) => written([permissionSetArn], names.permissionSets).map((name) => [name, perUser]))),
      administrators: principals(administrators),
      auditors: principals(auditors),
      protectedAccounts: written(protectedAccountIds, names.accounts),
    }),
    bundle: ({ bundleId, description, targets: where, permissionSetArns }) => ({
      kind: 'Bundle',
      name: bundleId,
      description,
      targets: targets(where),
      permissionSets: permissionSets(permissionSetArns),
    }),
    emitter: ({ name, roleArn, source, detailTypes, mayAskFor, mayAskForOthers, ...rights }) => ({
      kind: 'Emitter',
      name,
      role: roleArn,
      source,
      detailTypes,
      mayAskFor: anybodyOr(mayAskFor),
      mayAskForOthers: mayAskForOthers && principals(mayAskForOthers),
      ...inOrder(rights),
    }),
    portal: ({ mayAskForOthers, machineClients }) => ({
      kind: 'Portal',
      mayAskForOthers: mayAskForOthers && principals(mayAskForOthers),
      machineClients: machineClients?.map(({ name, clientId, subjects, capabilities }) => ({ name, clientId, subjects: anybodyOr(subjects), capabilities })),
    }),
  };
}

/** By name, so that one policy has one text whatever way its members were put together. */
const inOrder = (members: WrittenDocument): WrittenDocument => Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * A key that stands twice has the values of both. A list without values, which nothing matches, stays one: whoever reads the file
 * is told of it. It must never become any value.
 */
function tags(matches: readonly TagMatch[] | undefined): TagNames | undefined {
  if (matches === undefined) return undefined;
  const written = new Map<string, TagNames[string]>();
  for (const { key, values } of matches) {
    const before = written.get(key) ?? [];
    written.set(key, values === undefined || before === 'any' ? 'any' : [...before, ...values]);
  }
  return Object.fromEntries(written);
}
