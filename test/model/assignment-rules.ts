import type { AssignmentEvent } from '../../services/provisioning/src/domain/events.ts';
import { decide } from '../../services/provisioning/src/domain/decide.ts';
import { evolve } from '../../services/provisioning/src/domain/evolve.ts';
import { dueAt, nextStep, workOf } from '../../services/provisioning/src/domain/next-step.ts';
import { endOf, type Grant, type World } from './assignment-world.ts';

/** Whether, by all that was told and said, the assignment is wanted for a grant now: not before its window opens. */
const isWanted = (grant: Grant, now: number): boolean =>
  isUnanswered(grant) && now < endOf(grant) && (grant.granted !== undefined || (grant.window?.notBefore ?? Infinity) <= now);

const isUnanswered = ({ window, endKnown, failed, ended }: Grant): boolean => window !== undefined && !endKnown && !failed && ended === undefined;

const mayBeOpened = (grant: Grant, now: number): boolean =>
  grant.window !== undefined && isWanted(grant, now) && now <= grant.window.openBy;

/** Calls that change something, sent or under way. */
const changing = ({ passes, aws }: World): number =>
  passes.filter(({ step }) => step?.call?.to === 'create' || step?.call?.to === 'remove').length +
  aws.operations.filter(({ status }) => status === 'in-progress').length;

const creating = ({ passes, aws }: World): boolean =>
  passes.some(({ step }) => step?.call?.to === 'create') || aws.operations.some(({ kind, status }) => kind === 'create' && status === 'in-progress');

/** What is said, judged against the world in which it is said; and the grants with it. */
export function judge(world: World, event: AssignmentEvent): { readonly grants: readonly Grant[]; readonly broken?: string | undefined } {
  const { now, grants, aws, item } = world;
  const about = (grantId: string): { index: number; grant: Grant } => ({ index: Number(grantId), grant: grants[Number(grantId)] ?? { endKnown: false, failed: false } });
  switch (event.type) {
    case 'OperationBegun': {
      const { kind } = event.data;
      if (item?.op !== undefined) return { grants, broken: 'an operation is begun while another stands' };
      if (kind === 'create' && !grants.some((grant) => mayBeOpened(grant, now))) return { grants, broken: 'a creation is begun that no open window asks for' };
      if (kind === 'delete' && grants.some((grant) => isWanted(grant, now))) return { grants, broken: 'a removal is begun while a grant holds the assignment' };
      if (kind === 'delete' && aws.holds === 'by-hand' && !aws.twin) return { grants, broken: 'a removal is begun of what was made by hand' };
      return { grants };
    }
    case 'AccessGranted.v1': {
      const { how } = event.data;
      const { index, grant } = about(event.data.grantId);
      const after = grants.with(index, { ...grant, granted: { how, at: now } });
      if (grant.granted !== undefined || grant.failed || grant.ended !== undefined) return { grants: after, broken: 'a grant is granted that was answered before' };
      if (!isWanted(grant, now)) return { grants: after, broken: 'a grant is granted that is not wanted' };
      if (aws.holds === 'nothing' && !aws.meddled) return { grants: after, broken: 'a grant is granted that AWS does not hold' };
      if (how === 'existed_before' && aws.holds === 'ours') return { grants: after, broken: 'what is ours is taken for what existed before' };
      return { grants: after };
    }
    case 'AccessGrantFailed.v1': {
      if (!event.data.final) return { grants };
      const { index, grant } = about(event.data.grantId);
      const answered = grant.granted !== undefined || grant.failed || grant.ended !== undefined;
      return { grants: grants.with(index, { ...grant, failed: true }), broken: answered ? 'a grant fails that was answered before' : undefined };
    }
    case 'AccessEnded.v1': {
      const { how } = event.data;
      const { index, grant } = about(event.data.grantId);
      const after = grants.with(index, { ...grant, ended: how });
      if (grant.ended !== undefined) return { grants: after, broken: grant.ended === how ? undefined : 'an end is answered in another way than before' };
      if (!grant.endKnown && now < endOf(grant)) return { grants: after, broken: 'an end is answered that nobody asked for' };
      // One that only waits may never be granted: then nobody would hear of the removal.
      const others = grants.some((other, at) => at !== index && other.granted !== undefined && isWanted(other, now));
      if (how === 'kept_for_other_grant') return { grants: after, broken: others ? undefined : 'an assignment is kept for no grant that was granted' };
      // Where no window came, nothing was done for it, whatever is done for others.
      if (grant.window === undefined) return { grants: after, broken: how === 'never_created' ? undefined : `what never was is answered as ${how}` };
      if (aws.holds === 'ours') return { grants: after, broken: `an end is answered as ${how} while AWS holds what is ours` };
      if (creating(world)) return { grants: after, broken: `an end is answered as ${how} while a creation is under way` };
      return { grants: after };
    }
    default:
      return { grants };
  }
}

/** The rule that a world breaks as it stands. */
export function brokenRule(world: World): string | undefined {
  const { item, now, grants } = world;
  if (changing(world) > 1) return 'two calls are under way at once';
  if (item === undefined) return undefined;
  const { workClass, workAt = Infinity } = workOf(item);
  if (nextStep(item, now) !== 'none' && (workClass === undefined || (item.op === undefined && workAt > now))) return 'work that nobody finds';
  const overdue = decide(item, { type: 'due' }, now);
  if (overdue.length === 0) {
    const putOffTo = item.backOff?.kind === 'delete' ? item.backOff.nextAt : now;
    const left = item.ownership === 'ours' && item.op === undefined && !grants.some((grant) => isWanted(grant, now)) && workAt > Math.max(now, putOffTo);
    return left ? 'what nobody wants is left alone' : undefined;
  }
  if ((dueAt(item) ?? Infinity) > now) return 'something is due that no timer rings for';
  return decide(overdue.reduce(evolve, item), { type: 'due' }, now).length > 0 ? 'a timer must ring twice' : undefined;
}

/** Nothing of ours is left, nothing is under way, and everybody was answered. */
export function isAtRest({ item, aws, grants, passes }: World): boolean {
  return (
    aws.holds !== 'ours' &&
    aws.operations.every(({ status }) => status !== 'in-progress') &&
    passes.every(({ step }) => step === undefined) &&
    item?.op === undefined &&
    (item === undefined || workOf(item).workClass === undefined) &&
    grants.every(({ window, endKnown, failed, ended }) => ended !== undefined || (!endKnown && (window === undefined || failed)))
  );
}
