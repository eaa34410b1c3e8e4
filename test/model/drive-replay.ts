import type { Answer, AssignmentDirectory, Assignments, CallAnswer, OperationStatus } from '../../services/provisioning/src/application/ports.ts';
import { drive, type DrivePorts } from '../../services/provisioning/src/application/drive.ts';
import type { AssignmentState, Operation } from '../../services/provisioning/src/domain/assignment.ts';
import type { AssignmentCommand } from '../../services/provisioning/src/domain/commands.ts';

/** What a step of the dispatcher waits for. Between two of them it runs undisturbed. */
export type Call =
  | { readonly to: 'execute'; readonly command: AssignmentCommand }
  | { readonly to: 'create' | 'remove' | 'isPresent' }
  | { readonly to: 'findInProgress'; readonly kind: Operation['kind'] }
  | { readonly to: 'statusOf'; readonly kind: Operation['kind']; readonly awsRequestId: string };

type Executed = Awaited<ReturnType<Assignments['execute']>>;
export type Reply = Executed | CallAnswer | Answer<boolean | string | undefined | OperationStatus>;

/** What `drive` is run with, beside what it asks. */
export type Choices = Pick<DrivePorts, 'nextStep' | 'recreateMissing'>;

/** One step under way, as plain data: what it loaded, what it was answered so far and when, and what it waits for now. */
export interface Step {
  /** Its pass's lease ends then (ms). */
  readonly until: number;
  readonly loaded: AssignmentState;
  readonly startedAt: number;
  readonly heard: readonly { readonly reply: Reply; readonly at: number }[];
  /** Absent once it is done. */
  readonly call?: Call;
  /** The operation that it stored, and nobody else did: by its number. */
  readonly begun?: number;
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * What a step waits for after all that it heard. It is run anew each time from its beginning: what it does depends on nothing but the
 * answers and the clock. The length of a session is answered at once, for nothing depends on when it is asked for.
 */
function callAfter(choices: Choices, { until, loaded, startedAt, heard }: Step): Promise<Call | undefined> {
  return new Promise((resolve, reject) => {
    let now = startedAt;
    let next = 0;
    const ask = <T extends Reply>(call: Call): Promise<T> => {
      const entry = heard[next];
      next += 1;
      if (entry === undefined) {
        resolve(call);
        return new Promise(() => undefined);
      }
      now = entry.at;
      return Promise.resolve(entry.reply as T);
    };
    const asked = {
      create: () => ask<CallAnswer>({ to: 'create' }),
      remove: () => ask<CallAnswer>({ to: 'remove' }),
      isPresent: () => ask<Answer<boolean>>({ to: 'isPresent' }),
      findInProgress: (kind: Operation['kind']) => ask<Answer<string | undefined>>({ to: 'findInProgress', kind }),
      statusOf: (kind: Operation['kind'], awsRequestId: string) => ask<Answer<OperationStatus>>({ to: 'statusOf', kind, awsRequestId }),
      sessionMinutes: async () => ({ answered: true, value: 60 }) as const,
      // What all steps share is read by their pass: a step asks for its own assignment alone.
      inProgress: async () => ({ answered: true, value: new Set<string>() }) as const,
    };
    const directory: AssignmentDirectory = asked;
    const assignments: DrivePorts['assignments'] = { load: async () => loaded, execute: (_key, command) => ask({ to: 'execute', command }) };
    drive({ ...choices, assignments, directory, clock: () => now, log }, 'key', { until }).then(() => resolve(undefined), reject);
  });
}

const withCall = async (choices: Choices, { call: _answered, ...step }: Step): Promise<Step> => {
  const call = await callAfter(choices, step);
  return call === undefined ? step : { ...step, call };
};

/** A step of a pass whose lease ends at `until`, as far as its first call. */
export function beginStep(choices: Choices, loaded: AssignmentState, until: number, now: number): Promise<Step> {
  return withCall(choices, { until, loaded, startedAt: now, heard: [] });
}

/** The step after an answer, as far as its next call. */
export function goOn(choices: Choices, step: Step, reply: Reply, now: number): Promise<Step> {
  const begun = 'events' in reply ? reply.events.find(({ type }) => type === 'OperationBegun') : undefined;
  const own = begun?.type === 'OperationBegun' ? { begun: begun.data.epoch } : {};
  return withCall(choices, { ...step, ...own, heard: [...step.heard, { reply, at: now }] });
}
