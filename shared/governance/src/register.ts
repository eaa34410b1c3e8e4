import type { Actor, Reason } from '@team/contracts';
import type { AgreedChange, Change, PolicyKindName, Proposal } from './change.ts';

/**
 * The changes of all policies of a service, one after the other: each is judged against what all before it have led to. `revision`
 * counts those that were admitted; whoever judged against an older one judges again.
 */
export interface Register {
  readonly revision: number;
  /** Admitted, and being written to its policy. Nothing else is admitted meanwhile. */
  readonly applying?: (AgreedChange & { readonly admittedAt: number }) | undefined;
  readonly proposals: Readonly<Record<string, Proposal>>;
  /** Changes and decisions that were answered, by id, with the digest of their submission; oldest first. */
  readonly answered: readonly (readonly [id: string, submission: string])[];
}

export type RegisterCommand =
  | {
      readonly type: 'submit';
      readonly change: Change;
      readonly seen: number;
      readonly widens: readonly string[];
      /** Whether what widens waits for a second administrator, and how long (min). */
      readonly second: { readonly minutes: number } | undefined;
    }
  /** Something stands against a change, whatever revision it was judged against. */
  | { readonly type: 'refuse'; readonly refused: RefusedChange; readonly submission: string }
  | {
      readonly type: 'decide';
      readonly decision: Decision;
      readonly seen: number;
      /** What is wrong with the decision: it does not count. */
      readonly problems: readonly Reason[];
      /** What stands against the change by now. */
      readonly reasons: readonly Reason[];
      readonly agreedBy: Actor | undefined;
    }
  /** A decision that breaks its contract. */
  | { readonly type: 'refuse-decision'; readonly refused: RefusedDecision }
  | { readonly type: 'applied'; readonly changeId: string }
  | { readonly type: 'due' };

/** What a second administrator said. */
export interface Decision {
  readonly changeId: string;
  readonly kind: PolicyKindName;
  readonly decider: string;
  readonly verdict: 'agree' | 'disagree';
  readonly comment?: string | undefined;
  readonly submission: string;
}

/** A decision that does not count. */
export interface RefusedDecision {
  readonly changeId: string;
  readonly decider: string;
  readonly submission: string;
  readonly reasons: readonly Reason[];
}

export interface RefusedChange {
  readonly changeId: string;
  readonly kind: PolicyKindName;
  readonly subject: string;
  readonly submittedBy: string;
  readonly reasons: readonly Reason[];
}

/** What can happen in a register. `by`: the submission of the decision that brought it about. */
export type RegisterEvent =
  | { readonly type: 'Admitted'; readonly data: { readonly agreed: AgreedChange; readonly at: number; readonly by?: string } }
  | { readonly type: 'Applied'; readonly data: { readonly changeId: string } }
  | { readonly type: 'Proposed'; readonly data: Proposal }
  | { readonly type: 'Refused'; readonly data: RefusedChange & { readonly submission: string; readonly by?: string } }
  | { readonly type: 'DecisionRefused'; readonly data: RefusedDecision };

const minuteMs = 60_000;
/** Beyond what the sweep looks ahead, so that who finishes in time leaves no timer behind. */
const resumeAfterMs = 3 * minuteMs;
/** Answers remembered; an older submission that comes again is judged again, against the version it names. */
const rememberedAnswers = 500;
/** Proposals that wait at once: each stands whole in the register's item. */
const maximumProposals = 20;
/** Most bytes of JSON that all of them take together: the item holds a change that is being written and the answers as well, and DynamoDB takes 400 KB. */
const maximumProposalBytes = 150_000;

/** Bytes that something takes as JSON in UTF-8; none where there is nothing. */
const bytesOf = (value: unknown): number => (value === undefined ? 0 : new TextEncoder().encode(JSON.stringify(value)).length);

/** Whether a submission was answered, or waits. */
export function isKnown({ proposals, applying, answered }: Register, { changeId, submission }: Pick<Change, 'changeId' | 'submission'>): boolean {
  const waiting = proposals[changeId]?.change ?? (applying?.change.changeId === changeId ? applying.change : undefined);
  return waiting?.submission === submission || answered.some(([id, digest]) => id === changeId && digest === submission);
}

/** What happens when a command meets the register; nothing where it was met before, or was judged against an older revision. */
export function decideRegister(state: Register | undefined, command: RegisterCommand, now: number): readonly RegisterEvent[] {
  const register = state ?? empty;
  switch (command.type) {
    case 'refuse':
      return wasAnswered(register, command.refused.changeId, command.submission) ? [] : [{ type: 'Refused', data: { ...command.refused, submission: command.submission } }];
    case 'submit':
      return submit(register, command, now);
    case 'refuse-decision':
      return wasAnswered(register, command.refused.changeId, command.refused.submission) ? [] : [{ type: 'DecisionRefused', data: command.refused }];
    case 'decide':
      return decide(register, command, now);
    case 'applied':
      return register.applying?.change.changeId === command.changeId ? [{ type: 'Applied', data: { changeId: command.changeId } }] : [];
    case 'due':
      return Object.values(register.proposals)
        .filter(({ decideBy }) => decideBy <= now)
        .map(({ change }) => refused(change, [{ code: 'ERR_CHANGE_NOT_DECIDED', message: 'no second administrator agreed in time; submit it again' }]));
  }
}

function submit(register: Register, { change, seen, widens, second }: Extract<RegisterCommand, { type: 'submit' }>, now: number): readonly RegisterEvent[] {
  if (isKnown(register, change) || register.applying !== undefined || register.revision !== seen) return [];
  const { changeId } = change;
  if (register.proposals[changeId] !== undefined || register.answered.some(([id]) => id === changeId)) {
    return [refused(change, [{ code: 'ERR_CHANGE_ID_REUSED', message: `change id ${changeId} was used before with other content; the first stands, choose a new id` }])];
  }
  if (widens.length === 0 || second === undefined) return [{ type: 'Admitted', data: { agreed: { change }, at: now } }];
  const proposal = { change, widens: widens.slice(0, 50), decideBy: now + second.minutes * minuteMs };
  const waiting = [...Object.values(register.proposals), proposal];
  if (waiting.length > maximumProposals || bytesOf(waiting) > maximumProposalBytes) {
    return [refused(change, [{ code: 'ERR_TOO_MANY_PROPOSALS', message: `${waiting.length - 1} changes wait for a second administrator, and no more fit; decide on those first` }])];
  }
  return [{ type: 'Proposed', data: proposal }];
}

function decide(register: Register, { decision, seen, problems, reasons, agreedBy }: Extract<RegisterCommand, { type: 'decide' }>, now: number): readonly RegisterEvent[] {
  const { changeId, submission, verdict, decider } = decision;
  if (wasAnswered(register, changeId, submission)) return [];
  const proposal = register.proposals[changeId];
  if (proposal === undefined || problems.length > 0) {
    const unknown: Reason[] = proposal === undefined ? [{ code: 'ERR_CHANGE_UNKNOWN', message: `no change ${changeId} waits for a decision` }] : [];
    return [{ type: 'DecisionRefused', data: { changeId, decider, submission, reasons: [...unknown, ...problems] } }];
  }
  if (register.applying !== undefined || register.revision !== seen) return [];
  const { change, decideBy } = proposal;
  if (decideBy <= now) return [refused(change, [{ code: 'ERR_CHANGE_NOT_DECIDED', message: 'no second administrator agreed in time; submit it again' }], submission)];
  if (verdict === 'disagree') return [refused(change, [{ code: 'ERR_CHANGE_DISAGREED', message: `${decider} does not agree`.slice(0, 500) }], submission)];
  if (reasons.length > 0) return [refused(change, reasons, submission)];
  return [{ type: 'Admitted', data: { agreed: { change, agreedBy }, at: now, by: submission } }];
}

const refused = ({ changeId, kind, subject, submittedBy, submission }: Change, reasons: readonly Reason[], by?: string): RegisterEvent => ({
  type: 'Refused',
  data: { changeId, kind, subject, submittedBy, submission, reasons, ...(by === undefined ? {} : { by }) },
});

const wasAnswered = ({ answered }: Register, id: string, submission: string): boolean => answered.some(([one, digest]) => one === id && digest === submission);

/** A register of which nothing is known. */
export const empty: Register = { revision: 0, proposals: {}, answered: [] };

/** The register after an event. */
export function evolveRegister(state: Register | undefined, event: RegisterEvent): Register {
  const register = state ?? empty;
  const answered = (id: string, submission: string, by?: string): Register['answered'] =>
    [...register.answered, [id, submission] as const, ...(by === undefined ? [] : [[id, by] as const])].slice(-rememberedAnswers);
  switch (event.type) {
    case 'Admitted': {
      const { change } = event.data.agreed;
      const { [change.changeId]: _decided, ...proposals } = register.proposals;
      return { revision: register.revision + 1, applying: { ...event.data.agreed, admittedAt: event.data.at }, proposals, answered: answered(change.changeId, change.submission, event.data.by) };
    }
    case 'Applied': {
      const { applying: _written, ...rest } = register;
      return rest;
    }
    case 'Proposed':
      return { ...register, proposals: { ...register.proposals, [event.data.change.changeId]: event.data } };
    case 'Refused': {
      const { changeId, submission, by } = event.data;
      const { [changeId]: waiting, ...others } = register.proposals;
      // One that used the id of another which waits was refused; that one goes on waiting.
      const proposals = waiting?.change.submission === submission ? others : register.proposals;
      return { ...register, proposals, answered: answered(changeId, submission, by) };
    }
    case 'DecisionRefused':
      return { ...register, answered: answered(event.data.changeId, event.data.submission) };
  }
}

/** What is admitted and not written is taken up again soon; what waits is refused when its time is over (ms). */
export function registerDueAt({ applying, proposals }: Register): number | undefined {
  const times = [...Object.values(proposals).map(({ decideBy }) => decideBy), ...(applying === undefined ? [] : [applying.admittedAt + resumeAfterMs])];
  return times.length === 0 ? undefined : Math.min(...times);
}
