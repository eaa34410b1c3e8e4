import type { EmitterRegistration, StandingApproverPolicies, StandingProposal, StandingRequestPolicies } from '@team/contracts';
import { directoryNames, type Names, type Policies } from '@team/policies';
import { differencesIn } from '../../../policies/src/changes.ts';
import { namesIn, withNames } from '../../../policies/src/with-names.ts';
import type { EmitterRow, PoliciesNow, PolicyKind, PolicyProposal, StandingPolicy } from '../contract/index.ts';
import { requireReader } from './governing.ts';
import { isOwnProposal } from './policies-in-force.ts';
import { policyText, proposedText } from './policy-text.ts';
import type { People, Places, Services, SignedIn } from './ports.ts';

interface ListPoliciesPorts {
  readonly people: People;
  readonly places: Places;
  readonly services: Services;
  readonly emitters: readonly EmitterRegistration[];
  /** ms since the epoch */
  readonly now: () => number;
}

/**
 * Policies, proposals and who may emit, as they stand at this moment.
 *
 * @throws ERR_AUDITORS_ONLY
 */
export async function listPolicies(person: SignedIn, { people, places, services, emitters, now }: ListPoliciesPorts): Promise<PoliciesNow> {
  const { administrator } = await requireReader(person, { people });
  const [request, approval, organization] = await Promise.all([services.requestPolicies('live'), services.approverPolicies('live'), places.organization()]);
  const names = directoryNames(organization);
  const policies = rowsOf(request, approval, names);
  const proposals = [...request.proposals, ...approval.proposals];
  return {
    policies,
    names: namesIn(JSON.stringify([policies.map(({ policy }) => policy), proposals, emitters]), names),
    proposals: proposals.map((proposal) => ({ ...proposalRow(proposal, policies, names), mayDecide: administrator && !isOwnProposal(proposal, person) })),
    emitters: emitters.map((emitter) => emitterRow(emitter, names)),
    mayChange: administrator,
    now: new Date(now()).toISOString(),
  };
}

function rowsOf({ eligibility, bundles, limits }: StandingRequestPolicies, { approvers }: StandingApproverPolicies, names: Names): readonly StandingPolicy[] {
  const row = (kind: PolicyKind, id: string, version: number, policy: object, one: Partial<Policies>): StandingPolicy => ({ kind, id, version, policy: { ...policy }, ...policyText(one, names) });
  return [
    ...eligibility.map(({ version, policy }) => row('EligibilityPolicy', policy.policyId, version, policy, { eligibility: [policy] })),
    ...approvers.map(({ version, policy }) => row('ApproverPolicy', policy.policyId, version, policy, { approvers: [policy] })),
    ...(limits === undefined ? [] : [row('Limits', 'limits', limits.version, limits.policy, { limits: limits.policy })]),
    ...bundles.map(({ version, policy }) => row('Bundle', policy.bundleId, version, policy, { bundles: [policy] })),
  ].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function proposalRow({ change, widens, decideBy }: StandingProposal, policies: readonly StandingPolicy[], names: Names): Omit<PolicyProposal, 'mayDecide'> {
  const { changeId, kind, subject, after, by } = change;
  const before = policies.find((policy) => policy.kind === kind && policy.id === subject)?.policy;
  const text = after === undefined ? undefined : proposedText(kind, after, names);
  return {
    changeId,
    kind,
    id: subject,
    widens: widens.map((sentence) => withNames(sentence, names)),
    differences: differencesIn({ before, after }).map((sentence) => withNames(sentence, names)),
    ...(text === undefined ? {} : { text }),
    ...(typeof after === 'object' ? { policy: { ...after } } : {}),
    proposedBy: by.kind === 'person' ? by.userName : by.name,
    decideBy: new Date(decideBy).toISOString(),
  };
}

function emitterRow({ name, roleArn, source, detailTypes, mayAskFor, mayRevoke, mayDecide, mayAdminister, mayBreakGlass }: EmitterRegistration, names: Names): EmitterRow {
  return { name, source, accountId: roleArn.split(':')[4] ?? '', detailTypes, capabilities: [...asking(), ...others()] };

  function asking(): string[] {
    if (mayAskFor === undefined) return [];
    if (mayAskFor === 'everyone') return ['asks for everybody'];
    const whom = [...mayAskFor.groupIds.map((id) => names.groups.nameOf(id)), ...mayAskFor.userIds.map((id) => names.users.nameOf(id))];
    return [`asks for ${whom.join(', ')}`];
  }

  function others(): string[] {
    const all: readonly [boolean, string][] = [
      [mayBreakGlass === true, 'asks for break glass'],
      [mayRevoke === true, 'ends anybody’s access'],
      [mayDecide !== undefined, `passes on what people decide, signed with ${mayDecide?.keyId}`],
      [mayAdminister === true, 'submits policies'],
    ];
    return all.flatMap(([holds, says]) => (holds ? [says] : []));
  }
}
