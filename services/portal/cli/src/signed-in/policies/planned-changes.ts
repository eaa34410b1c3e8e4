import { FileProblemsError } from '@team/policies';
import type { PlanQuestion, PoliciesNow, PolicyKind, PolicyPlan } from '../../../../api/src/contract/index.ts';
import { isSamePolicy } from '../../../../policies/src/changes.ts';
import { badFiles, inFolder, nothingIn } from '../../policies/files.ts';
import { writtenIn, type Written, type WrittenPolicy } from '../../policies/written.ts';
import type { ToldChange } from '../../print/plan-lines.ts';
import type { Portal } from '../portal.ts';

/** A change of one policy, with what the portal says would become of it. */
export interface PlannedChange extends ToldChange {
  readonly change: NonNullable<PolicyPlan['change']>;
  readonly plan: PolicyPlan;
}

/** What files say, and what applying them would change, in the order in which it is submitted. */
export interface Planned {
  readonly written: Written;
  readonly changes: readonly PlannedChange[];
}

/** Nobody is locked out meanwhile: limits and approvers first, then who may ask; what is removed, the other way round. */
const order: readonly PolicyKind[] = ['Limits', 'ApproverPolicy', 'EligibilityPolicy', 'Bundle'];
/** So many plans are asked for at a time: each has the services judge one change. */
const atOnce = 4;

/** A policy that is, or is to be, otherwise than it stands. */
interface Candidate {
  readonly kind: PolicyKind;
  readonly id: string;
  readonly question: PlanQuestion;
  readonly written?: WrittenPolicy;
}

/**
 * Has the portal plan every policy of a folder that is not in force word for word, and the removal of each that the files do not have. Throws `Failure`
 * as `readFolder` does.
 */
export async function plannedChanges(portal: Portal, folder: string): Promise<Planned> {
  const written = inFolder(folder, writtenIn);
  if (written.policies.length === 0) throw nothingIn(folder);
  const now = await portal.policies();
  const candidates = candidatesIn(written.policies, now);
  const plans: PolicyPlan[] = [];
  for (let from = 0; from < candidates.length; from += atOnce) plans.push(...(await Promise.all(candidates.slice(from, from + atOnce).map(({ question }) => portal.plan(question)))));
  const problems = candidates.flatMap(({ written: one }, i) =>
    (plans[i]?.problems ?? []).map(({ line, field, message }) => ({ file: one?.file ?? folder, line: line === undefined ? undefined : line + (one?.linesBefore ?? 0), path: field, reason: message })),
  );
  if (problems.length > 0) throw badFiles(new FileProblemsError(problems));
  return { written, changes: candidates.flatMap((candidate, i) => plannedOf(candidate, plans[i], now)) };
}

function candidatesIn(written: readonly WrittenPolicy[], { policies }: PoliciesNow): readonly Candidate[] {
  const inForce = new Map(policies.map((policy) => [`${policy.kind} ${policy.id}`, policy.text]));
  const has = new Set(written.map(({ kind, id }) => `${kind} ${id}`));
  const changed = written
    .filter(({ kind, id, text }) => bare(text) !== bare(inForce.get(`${kind} ${id}`) ?? ''))
    .map((one): Candidate => ({ kind: one.kind, id: one.id, written: one, question: { kind: one.kind, text: one.text } }));
  const removed = policies.filter(({ kind, id }) => kind !== 'Limits' && !has.has(`${kind} ${id}`)).map(({ kind, id }): Candidate => ({ kind, id, question: { kind, remove: id } }));
  return [...inOrder(changed, order), ...inOrder(removed, order.toReversed())];
}

/** As it is between the markers of documents. */
const bare = (text: string): string => text.replace(/^---[^\S\n]*\n/, '').trim();

const inOrder = (candidates: readonly Candidate[], kinds: readonly PolicyKind[]): readonly Candidate[] =>
  kinds.flatMap((kind) => candidates.filter((one) => one.kind === kind).toSorted((a, b) => (a.id < b.id ? -1 : 1)));

function plannedOf({ kind, id }: Candidate, plan: PolicyPlan | undefined, { policies, proposals }: PoliciesNow): readonly PlannedChange[] {
  if (plan?.change === undefined) return [];
  const { change } = plan;
  const before = policies.find((policy) => policy.kind === kind && policy.id === id)?.policy;
  const waiting = proposals.find((proposal) => proposal.kind === kind && proposal.id === id && isSamePolicy(proposal.policy, change.policy))?.changeId;
  return [{ kind, id, ...(before === undefined ? {} : { before }), ...(change.policy === undefined ? {} : { after: change.policy }), ...(waiting === undefined ? {} : { waiting }), change, plan }];
}
