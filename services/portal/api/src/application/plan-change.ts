import type { EligibilityPolicy } from '@team/contracts';
import type { DirectorySnapshot } from '@team/directory';
import { directoryNames, type Names } from '@team/policies';
import { changesBetween, differencesIn } from '../../../policies/src/changes.ts';
import { effectsOf } from '../../../policies/src/effects.ts';
import { accountsInReach, groundOf } from '../../../policies/src/ground.ts';
import type { StandingPolicies } from '../../../policies/src/standing.ts';
import { withNames } from '../../../policies/src/with-names.ts';
import type { PlanQuestion, PolicyChange, PolicyPlan } from '../contract/index.ts';
import { requireReader } from './governing.ts';
import { policiesInForce } from './policies-in-force.ts';
import type { People, Places, Services, SignedIn } from './ports.ts';
import { readChange } from './read-change.ts';

interface PlanPorts {
  readonly people: People;
  readonly places: Places;
  readonly services: Services;
  /** Account in which TEAM runs: nobody gains anything there. */
  readonly ownAccount: string;
}

const nothing: PolicyPlan = { problems: [], differences: [], effects: [], reasons: [], widens: [], needsSecondAdministrator: false };

/**
 * What would become of a change: whether it can be read, who gains or loses what, and how the service that keeps such policies would judge
 * it. The change that comes back is what is submitted, so that nobody submits anything but what they saw.
 *
 * @throws ERR_AUDITORS_ONLY
 */
export async function planChange(question: PlanQuestion, person: SignedIn, { people, places, services, ownAccount }: PlanPorts): Promise<PolicyPlan> {
  await requireReader(person, { people });
  const [standing, organization] = await Promise.all([policiesInForce(services), places.organization()]);
  const names = directoryNames(organization);
  const read = readChange(question, names);
  if ('problems' in read) return { ...nothing, problems: read.problems };
  const change = { ...read.change, expectedVersion: standing.versionOf(read.change.kind, read.change.id) };
  const before = beforeOf(change, standing);
  if (change.policy !== undefined && !isOtherwise(change, standing)) return nothing;
  const judged = await services.judge(change);
  return {
    problems: [],
    change,
    differences: saidOf(change, before).map((sentence) => withNames(sentence, names)),
    effects: effectsIn(change, standing, organization, names, ownAccount),
    reasons: judged.reasons.map(({ code, message }) => ({ code, message: withNames(message, names) })),
    widens: judged.widens.map((sentence) => withNames(sentence, names)),
    needsSecondAdministrator: judged.waits,
  };
}

function beforeOf({ kind, id }: PolicyChange, { eligibility, approvers, bundles, limits }: StandingPolicies): object | undefined {
  switch (kind) {
    case 'EligibilityPolicy':
      return eligibility.find(({ policyId }) => policyId === id);
    case 'ApproverPolicy':
      return approvers.find(({ policyId }) => policyId === id);
    case 'Bundle':
      return bundles.find(({ bundleId }) => bundleId === id);
    case 'Limits':
      return limits;
  }
}

/** Whether it would change anything; the order of names in lists does not. */
function isOtherwise(change: PolicyChange, standing: StandingPolicies): boolean {
  const wanted = { eligibility: [], approvers: [], bundles: [], emitters: [] };
  const changes = changesBetween(standing, { ...wanted, ...asPolicies(change) });
  return changes.some(({ kind, id, after }) => kind === change.kind && id === change.id && after !== undefined);
}

function asPolicies({ kind, policy }: PolicyChange) {
  if (policy === undefined) return {};
  switch (kind) {
    case 'EligibilityPolicy':
      return { eligibility: [policy] };
    case 'ApproverPolicy':
      return { approvers: [policy] };
    case 'Bundle':
      return { bundles: [policy] };
    case 'Limits':
      return { limits: policy };
  }
}

function saidOf({ kind, id, policy }: PolicyChange, before: object | undefined): readonly string[] {
  if (before === undefined) return [`${kind} ${id} is new`];
  return policy === undefined ? [`${kind} ${id} is removed`] : differencesIn({ before, after: policy });
}

/** Who gains or loses what; only who may ask decides that. */
function effectsIn(change: PolicyChange, { eligibility, limits }: StandingPolicies, organization: DirectorySnapshot, names: Names, ownAccount: string): PolicyPlan['effects'] {
  if (change.kind !== 'EligibilityPolicy') return [];
  const others = eligibility.filter(({ policyId }) => policyId !== change.id);
  const after: readonly EligibilityPolicy[] = change.policy === undefined ? others : [...others, change.policy];
  return effectsOf(eligibility, after, groundOf(accountsInReach(organization, ownAccount, limits), names));
}
