import type { Operation } from '../domain/assignment.ts';
import type { AssignmentCommand } from '../domain/commands.ts';
import { longestSessionMinutes } from '../domain/facts.ts';
import type { nextStep } from '../domain/next-step.ts';
import type { Answer, AssignmentDirectory, Assignments, Clock, Log } from './ports.ts';

/** The pass that drives now. */
export interface Pass {
  /** Its lease ends then (ms): no call to AWS starts afterwards. */
  readonly until: number;
}

/** What a step left. */
export interface Driven {
  /** AWS may be at work on it, so its slot stays. */
  readonly outstanding: Operation | undefined;
  /** AWS is down, or asks for less: nobody should call it for a moment. */
  readonly down: boolean;
}

export interface DrivePorts {
  readonly assignments: Assignments;
  readonly directory: AssignmentDirectory;
  readonly nextStep: typeof nextStep;
  /** Whether what was granted and is gone is created again, within the bounds of its grant. */
  readonly recreateMissing: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A call that was begun within a lease has reached AWS, or never will, so long after the lease is over: a connection takes at most
 * 1 s and an answer 5 s, and AWS needs a moment to show what it took.
 */
const callMs = 15_000;

const left = (outstanding: Operation | undefined, down = false): Driven => ({ outstanding, down });

/** Takes one step, from actual to wanted, for one assignment whose slot is reserved. Several writes and calls; it may die between any two. */
export async function drive(ports: DrivePorts, key: string, pass: Pass): Promise<Driven> {
  const { assignments, directory, clock, log } = ports;
  const state = await assignments.load(key);
  if (state === undefined) return left(undefined);
  const { assignment, epoch } = state;
  const until = pass.until + callMs;

  const stored = async (command: AssignmentCommand, down = false): Promise<Driven> => left((await assignments.execute(key, command)).state?.op, down);
  const unanswered = ({ down, reason }: Unanswered, op: Operation): Driven => {
    log.warn('Identity Center does not say what became of an operation', { key, down, ...reason });
    return left(op, down);
  };
  const sessionMinutes = async (op: Operation): Promise<number> =>
    op.kind === 'create' ? 0 : valueOr(await directory.sessionMinutes(assignment.permissionSetArn), longestSessionMinutes);

  const look = async (): Promise<Driven> => {
    const present = await directory.isPresent(assignment);
    if (!present.answered) {
      log.warn('Identity Center does not say whether an assignment is there', { key, down: present.down, ...present.reason });
      return present.down ? left(undefined, true) : stored({ type: 'unseen', epoch, reason: present.reason });
    }
    return begin({ type: 'looked', epoch, present: present.value, until, recreate: ports.recreateMissing });
  };

  /** Calls AWS for an operation that this very write stored, and for no other; then stores what AWS said. */
  const begin = async (command: AssignmentCommand): Promise<Driven> => {
    const { state: after, events } = await assignments.execute(key, command);
    const op = after?.op;
    const begun = events.some(({ type }) => type === 'OperationBegun');
    if (op === undefined || !begun || clock() >= pass.until) return left(op);
    const answer = op.kind === 'create' ? await directory.create(assignment) : await directory.remove(assignment);
    switch (answer.kind) {
      case 'accepted':
        return stored({ type: 'accepted', epoch: op.epoch, awsRequestId: answer.awsRequestId });
      case 'refused':
        log.info('Identity Center refuses a call', { key, kind: op.kind, ...answer.reason });
        return stored({ type: 'refused', epoch: op.epoch, refusal: answer.refusal, reason: answer.reason }, answer.throttled);
      case 'unclear':
        log.warn('Identity Center may have taken a call', { key, kind: op.kind, ...answer.reason });
        return left(op, true);
    }
  };

  const poll = async (op: Operation, awsRequestId: string): Promise<Driven> => {
    const answer = await directory.statusOf(op.kind, awsRequestId);
    if (!answer.answered) return unanswered(answer, op);
    switch (answer.value.status) {
      case 'in-progress':
        return left(op);
      case 'succeeded':
        return stored({ type: 'succeeded', epoch, sessionMinutes: await sessionMinutes(op) });
      case 'failed':
        return stored({ type: 'failed', epoch, reason: answer.value.reason });
      case 'forgotten':
        return readBack(op);
    }
  };

  const readBack = async (op: Operation): Promise<Driven> => {
    const present = await directory.isPresent(assignment);
    if (!present.answered) return unanswered(present, op);
    return stored({ type: 'read-back', epoch, present: present.value, sessionMinutes: await sessionMinutes(op) });
  };

  /** Whoever stored the operation died or never heard. AWS's list of what is under way knows best; if it has nothing, what AWS holds. */
  const takeOver = async (op: Operation): Promise<Driven> => {
    const found = await directory.findInProgress(op.kind, assignment);
    if (!found.answered) return unanswered(found, op);
    return found.value === undefined ? readBack(op) : stored({ type: 'accepted', epoch, awsRequestId: found.value });
  };

  const { op } = state;
  switch (ports.nextStep(state, clock())) {
    case 'look':
      return look();
    case 'delete':
      return begin({ type: 'begin-removal', epoch, until });
    case 'poll':
      return op?.awsRequestId === undefined ? left(op) : poll(op, op.awsRequestId);
    case 'take-over':
      return op === undefined ? left(op) : takeOver(op);
    case 'none':
      return left(op);
  }
}

type Unanswered = Extract<Answer<never>, { answered: false }>;

const valueOr = <T>(answer: Answer<T>, otherwise: T): T => (answer.answered ? answer.value : otherwise);
