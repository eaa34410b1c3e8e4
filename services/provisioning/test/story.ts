import type { AssignmentState } from '../src/domain/assignment.ts';
import type { AssignmentCommand } from '../src/domain/commands.ts';
import { decide } from '../src/domain/decide.ts';
import type { AssignmentEvent } from '../src/domain/events.ts';
import { evolve } from '../src/domain/evolve.ts';
import { nextStep, type Step } from '../src/domain/next-step.ts';
import { startMs } from './examples.ts';

type Told<C> = C extends { readonly epoch: number } ? Omit<C, 'epoch' | 'until' | 'recreate'> & { readonly epoch?: number; readonly until?: number; readonly recreate?: boolean } : never;
type FromAws = Told<AssignmentCommand>;

/** One assignment's story: what is told to it and what it answers. Time moves only by `after`. */
export function story() {
  let state: AssignmentState | undefined;
  let now = startMs;
  let said: AssignmentEvent[] = [];

  const does = (command: AssignmentCommand) => {
    said = [...decide(state, command, now)];
    state = said.reduce<AssignmentState | undefined>(evolve, state);
    return told;
  };
  const told = {
    after(ms: number) {
      now += ms;
      return told;
    },
    given: does,
    when: does,
    /** What the dispatcher learned from AWS about the operation or look of now; `epoch` only where it is an old one. */
    aws: (fact: FromAws) => does({ until: now + 45_000, epoch: state?.epoch ?? 0, recreate: false, ...fact }),
    now: () => now,
    /** What was said by the last command beside that AWS answered a look, in short: `AccessGranted.v1 created`, `AccessGrantFailed.v1 ERR_X`. */
    said: (): string[] => said.filter(({ type }) => type !== 'Looked').map(inShort),
    facts: (): string[] => said.map(inShort).filter((text) => text.includes('.v1')),
    data: (type: AssignmentEvent['type']) => said.find((event) => event.type === type)?.data,
    state(): AssignmentState {
      if (state === undefined) throw new Error('nothing has happened yet');
      return state;
    },
    next: (): Step => nextStep(told.state(), now),
  };
  return told;
}

function inShort({ type, data }: AssignmentEvent): string {
  if (type === 'AccessGrantFailed.v1') return `${type} ${data.reason.code}${data.final ? '' : ' (goes on)'}`;
  if (type === 'AccessGranted.v1' || type === 'AccessEnded.v1') return `${type} ${data.grantId.slice(-1)} ${data.how}`;
  if (type === 'OperationBegun') return `${type} ${data.kind}`;
  return type;
}

/** A story up to the grant of the first hold, created by us. */
export function granted(opening: AssignmentCommand) {
  return story()
    .given(opening)
    .aws({ type: 'looked', present: false })
    .aws({ type: 'accepted', awsRequestId: 'aws-1' })
    .after(3_000)
    .aws({ type: 'succeeded', sessionMinutes: 0 });
}
