import { usualParts, type ProvisioningParts } from '@team/provisioning/compose';
import { provisioningWith, type Bug } from './bug.ts';
import { createFirst } from './create-first.ts';

type Decide = ProvisioningParts['decide'];
type State = NonNullable<Parameters<Decide>[0]>;
type Directory = ReturnType<ReturnType<ProvisioningParts['identityCenterAssignments']>>;

/** Identity Center as seen through something that errs. */
const seenAs = (change: (usual: Directory) => Partial<Directory>) =>
  provisioningWith({
    identityCenterAssignments: (client, instanceArn) => (onCall) => {
      const usual = usualParts.identityCenterAssignments(client, instanceArn)(onCall);
      return { ...usual, ...change(usual) };
    },
  });

/** An operation that AWS has taken counts as done. */
const doneWhenTaken = (kind: 'create' | 'delete'): Decide => (state, command, now) => {
  const taken = command.type === 'accepted' && state?.op?.kind === kind;
  return usualParts.decide(state, taken ? { type: 'succeeded', epoch: command.epoch, sessionMinutes: 60 } : command, now);
};

/** As if those that are ending were alone. */
function regardless(state: State): State {
  const ending = Object.entries(state.holds).filter(([, { status }]) => status === 'ending');
  return ending.length === 0 ? state : { ...state, holds: Object.fromEntries(ending) };
}

const isGivenUp = ({ backOff, op }: State): boolean => backOff?.kind === 'delete' && op === undefined;

/** What could be wrong with driving assignments to what is wanted. */
export const assignmentBugs: readonly Bug[] = [
  {
    name: 'called before it was stored',
    breaks: 'CreateAccountAssignment is called before the operation is stored: after a crash nobody knows whose assignment it is',
    rules: ['madeByHandStays', 'nothingLeftBehind', 'createdAsApproved', 'oneEnd'],
    base: 6100050,
    composers: { provisioning: createFirst },
  },
  {
    name: 'taken over without reading back',
    breaks: 'what a dead pass may have called counts as done where AWS does not list it as under way',
    rules: ['saidAsItIs', 'nothingLeftBehind'],
    base: 6100001,
    composers: seenAs((usual) => {
      const assumed = new Map<string, boolean>();
      const keyOf = (assignment: object): string => JSON.stringify(assignment);
      return {
        async findInProgress(kind, assignment) {
          const found = await usual.findInProgress(kind, assignment);
          if (found.answered && found.value === undefined) assumed.set(keyOf(assignment), kind === 'create');
          return found;
        },
        isPresent(assignment) {
          const value = assumed.get(keyOf(assignment));
          if (value === undefined) return usual.isPresent(assignment);
          assumed.delete(keyOf(assignment));
          return Promise.resolve({ answered: true, value });
        },
      };
    }),
  },
  {
    name: 'existed before, judged again',
    breaks: 'what a creation of ours has left is taken for somebody else’s when it is looked at again',
    rules: ['nothingLeftBehind', 'oneEnd', 'saidAsItIs'],
    base: 6100057,
    composers: provisioningWith({
      decide(state, command, now) {
        if (command.type !== 'read-back' || !command.present || state?.op?.kind !== 'create') return usualParts.decide(state, command, now);
        const { op: _op, ...rest } = state;
        const looked = { type: 'looked', epoch: command.epoch, present: true, until: now + 1, recreate: false } as const;
        return [{ type: 'OperationClosed', data: { at: now } }, ...usualParts.decide({ ...rest, ownership: 'unknown' }, looked, now)];
      },
    }),
  },
  {
    name: 'deleted although another grant holds',
    breaks: 'the end of one grant removes what another still holds',
    rules: ['heldIsKept'],
    base: 6100061,
    composers: provisioningWith({
      decide: (state, command, now) =>
        usualParts.decide(state && regardless(state), command, now).map((event) => {
          const left = event.type === 'AccessEnded.v1' && event.data.how === 'kept_for_other_grant' ? event.data.grantId : undefined;
          return left === undefined || state?.holds[left]?.status === 'ended' ? event : { type: 'EndBegun', data: { grantId: left, at: now } };
        }),
      nextStep: (state, now) => usualParts.nextStep(regardless(state), now),
      workOf: (state) => usualParts.workOf(regardless(state)),
    }),
  },
  {
    name: 'one end ends all holders',
    breaks: 'when one grant on an assignment is over, all others on it are taken to be over, too',
    rules: ['heldIsKept', 'endedWhenOver'],
    base: 6100061,
    composers: provisioningWith({
      decide(state, command, now) {
        const events = usualParts.decide(state, command, now);
        const live = Object.entries(state?.holds ?? {}).flatMap(([grantId, { status }]) => (status === 'waiting' || status === 'held' ? [grantId] : []));
        const isLeft = (event: (typeof events)[number]): boolean =>
          event.type === 'AccessEnded.v1' && event.data.how === 'kept_for_other_grant' && live.includes(event.data.grantId);
        return events.some(isLeft) ? live.map((grantId) => ({ type: 'EndBegun', data: { grantId, at: now } })) : events;
      },
    }),
  },
  {
    name: 'removal not awaited',
    breaks: 'AccessEnded is said when AWS has taken the deletion, not when it is done',
    rules: ['saidAsItIs'],
    base: 6100000,
    composers: provisioningWith({ decide: doneWhenTaken('delete') }),
  },
  {
    name: 'creation not awaited',
    breaks: 'AccessGranted is said when AWS has taken the creation, not when it is done',
    rules: ['saidAsItIs'],
    base: 6100000,
    composers: provisioningWith({ decide: doneWhenTaken('create') }),
  },
  {
    name: 'failed deletion taken for done',
    breaks: 'a deletion that AWS reports as FAILED counts as done',
    rules: ['saidAsItIs', 'nothingLeftBehind'],
    base: 6100004,
    composers: seenAs((usual) => ({
      async statusOf(kind, awsRequestId) {
        const status = await usual.statusOf(kind, awsRequestId);
        return kind === 'delete' && status.answered && status.value.status === 'failed' ? { answered: true, value: { status: 'succeeded' } } : status;
      },
    })),
  },
  {
    name: 'hand-made assignment deleted',
    breaks: 'what stood before the first grant is taken for ours and removed at the end',
    rules: ['madeByHandStays'],
    base: 6100022,
    composers: provisioningWith({
      decide(state, command, now) {
        const found = command.type === 'looked' && command.present && state?.ownership === 'unknown';
        return usualParts.decide(found ? { ...state, ownership: 'ours' } : state, command, now);
      },
    }),
  },
  {
    name: 'deletion given up',
    breaks: 'a deletion that AWS refuses or fails is not tried again',
    rules: ['nothingLeftBehind', 'oneEnd', 'overdueIsSaid'],
    base: 6100001,
    composers: provisioningWith({
      workOf: (state) => ({ ...usualParts.workOf(state), ...(isGivenUp(state) ? { workClass: undefined, workAt: undefined } : {}) }),
      nextStep: (state, now) => (isGivenUp(state) ? 'none' : usualParts.nextStep(state, now)),
      dueAt: (state) => (isGivenUp(state) ? undefined : usualParts.dueAt(state)),
    }),
  },
];
