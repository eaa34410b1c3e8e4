import { findEmitter, uuid, type ContractViolationError, type DeliveredEvent, type EmitterRegistration, type JudgedChange, type Limits, type PolicyChangeDecidedV1, type Principals, type Reason } from '@team/contracts';
import { digestOf, OutageError, type Aggregate, type DomainEvent, type ReceivedEvent, type Verifier } from '@team/runtime';
import type { AgreedChange, Change, PolicyKindName } from './change.ts';
import { changeDigestOf, decisionProblems, submitterOf, type FoundPerson } from './judging.ts';
import type { PolicyCommand, PolicyItem } from './policy-item.ts';
import { empty, isKnown, type Register, type RegisterCommand } from './register.ts';

/** All policies of a service as they are at one moment. */
export interface PolicySnapshot {
  readonly administrators: Principals;
  /** How long a change that widens waits for a second administrator (min); absent: it does not. */
  readonly second: { readonly minutes: number } | undefined;
  /** The policy under a key, `<prefix>#<subject>`, and its version; absent where there never was one. */
  item(key: string): PolicyItem | undefined;
}

/** A change that widens waits three days where the limits do not say otherwise (min). */
const usualDecisionMinutes = 4_320;

/** Who governs, by the limits in force. Before there are limits there is nobody to ask for a second opinion. */
export function governedBy(limits: Limits | undefined): Pick<PolicySnapshot, 'administrators' | 'second'> {
  if (limits === undefined) return { administrators: { groupIds: [], userIds: [] }, second: undefined };
  const { administrators, secondAdministrator, changeDecisionMinutes: minutes = usualDecisionMinutes } = limits;
  return { administrators, second: secondAdministrator === 'not-required' ? undefined : { minutes } };
}

/** What a service says about one kind of its policies. */
export interface PolicyKind<Snapshot extends PolicySnapshot> {
  readonly kind: PolicyKindName;
  readonly detailType: string;
  /** Of the key of each policy's item. */
  readonly prefix: string;
  /** Everything that stands against a change, its version and its submitter aside. */
  problems(change: Pick<Change, 'subject' | 'after'>, snapshot: Snapshot): Promise<readonly Reason[]>;
  /** What becomes wider, one sentence each. */
  widens(before: unknown, after: unknown, snapshot: Snapshot): readonly string[];
}

/** What came in an intent to change a policy. */
export interface SubmittedChange {
  readonly changeId: string;
  readonly subject: string;
  readonly submittedBy: string;
  readonly expectedVersion: number;
  readonly after?: unknown;
}

export interface GovernanceParts<Snapshot extends PolicySnapshot> {
  readonly register: Aggregate<Register, RegisterCommand, DomainEvent>;
  readonly items: Aggregate<PolicyItem, PolicyCommand, DomainEvent>;
  readonly kinds: readonly PolicyKind<Snapshot>[];
  /** Reads everything as it is now. */
  readonly snapshot: () => Promise<Snapshot>;
  readonly findPerson: (ref: string) => Promise<FoundPerson>;
  readonly verifier: Verifier;
  readonly emitters: readonly EmitterRegistration[];
}

/** How a service handles what is said about its policies. */
export interface Governance {
  submitted(kind: PolicyKindName, change: SubmittedChange, event: ReceivedEvent<unknown>): Promise<void>;
  /** Answers an intent that breaks its contract; false where it does not even say what it is about. */
  malformed(kind: PolicyKindName, event: DeliveredEvent, violation: ContractViolationError): Promise<boolean>;
  decided(event: ReceivedEvent<PolicyChangeDecidedV1>): Promise<void>;
  /** Answers a decision that breaks its contract. One of a kind that nobody can tell is answered by the one that `answersUnknown`. */
  malformedDecision(event: DeliveredEvent, violation: ContractViolationError, answersUnknown: boolean): Promise<boolean>;
  due(): Promise<void>;
  /** How a change would be judged now, who submits it aside; nothing is written. */
  judged(change: Pick<Change, 'kind' | 'subject' | 'expectedVersion' | 'after'>): Promise<JudgedChange>;
}

/** The one item in which changes stand in line. */
export const registerKey = 'register#policies';
/** Others were quicker so many times in a row. */
const maximumTries = 10;

/** What contracts let a reason, and a sentence on what widens, have of characters. */
const longest = { reason: 500, sentence: 300 };

/** Governs the policies of a service: one change after the other, each judged by what all before it have led to. */
export function createGovernance<Snapshot extends PolicySnapshot>(parts: GovernanceParts<Snapshot>): Governance {
  const { register, items, kinds, snapshot, findPerson, verifier, emitters } = parts;
  const kindOf = (name: PolicyKindName): PolicyKind<Snapshot> | undefined => kinds.find(({ kind }) => kind === name);

  /** Writes what was admitted, if anything was. Done again after a crash, it finds what was written. */
  async function settled(): Promise<Register> {
    const state = (await register.load(registerKey)) ?? empty;
    return state.applying === undefined ? state : write(state.applying);
  }

  async function write(agreed: AgreedChange): Promise<Register> {
    const { kind, subject, changeId } = agreed.change;
    const prefix = kindOf(kind)?.prefix;
    if (prefix === undefined) throw new TypeError(`${kind} is not kept here`);
    await items.execute(`${prefix}#${subject}`, { type: 'lay-down', agreed }, {});
    return (await register.execute(registerKey, { type: 'applied', changeId }, {})).state ?? empty;
  }

  async function problemsOf(change: Pick<Change, 'kind' | 'subject' | 'expectedVersion' | 'after'>, now: Snapshot): Promise<readonly Reason[]> {
    const kind = kindOf(change.kind);
    if (kind === undefined) return [];
    const item = now.item(`${kind.prefix}#${change.subject}`);
    const version = item?.version ?? 0;
    const reasons: Reason[] = [];
    if (version !== change.expectedVersion) {
      reasons.push({ code: 'ERR_VERSION_CONFLICT', message: `it was made against version ${change.expectedVersion}, and now there is version ${version}; look again and submit it anew` });
    }
    if (change.after === undefined && item?.policy === undefined) reasons.push({ code: 'ERR_POLICY_UNKNOWN', message: `there is no ${change.kind} "${change.subject}" to remove` });
    return [...reasons, ...(await kind.problems(change, now))].map(({ code, message }) => ({ code, message: cut(message, longest.reason) }));
  }

  const widenedBy = (kind: PolicyKind<Snapshot>, { subject, after }: Pick<Change, 'subject' | 'after'>, now: Snapshot): string[] =>
    kind.widens(now.item(`${kind.prefix}#${subject}`)?.policy, after, now).map((sentence) => cut(sentence, longest.sentence));

  return {
    async judged(change) {
      const kind = kindOf(change.kind);
      if (kind === undefined) throw new TypeError(`${change.kind} is not kept here`);
      const now = await snapshot();
      const widens = widenedBy(kind, change, now);
      return { reasons: await problemsOf(change, now), widens, waits: widens.length > 0 && now.second !== undefined };
    },

    async submitted(name, { changeId, subject, submittedBy, expectedVersion, after }, { detailType, source, account, data, cause }) {
      const kind = kindOf(name);
      if (kind === undefined) throw new TypeError(`${name} is not kept here`);
      const submission = digestOf({ source, account, data });
      const bare = { changeId, kind: name, subject, expectedVersion, ...(after === undefined ? {} : { after }), submittedBy, submission };
      for (let tries = 0; tries < maximumTries; tries += 1) {
        const line = await settled();
        if (isKnown(line, bare)) return;
        const seen = line.revision;
        const [now, person] = [await snapshot(), await findPerson(submittedBy)];
        const by = submitterOf(emitters, { source, account }, detailType, submittedBy, person, now.administrators);
        const reasons = [...('kind' in by ? [] : by), ...(await problemsOf(bare, now))];
        if (reasons.length > 0 || !('kind' in by)) {
          await register.execute(registerKey, { type: 'refuse', refused: { changeId, kind: name, subject, submittedBy, reasons }, submission }, cause);
          return;
        }
        const widens = widenedBy(kind, { subject, after }, now);
        const change = { ...bare, by, digest: changeDigestOf(bare) };
        const { state, events } = await register.execute(registerKey, { type: 'submit', change, seen, widens, second: now.second }, cause);
        if (events.length === 0) continue;
        if (state?.applying !== undefined) await write(state.applying);
        return;
      }
      throw new OutageError('ERR_CONTENTION', `others changed policies ${maximumTries} times while one change was judged`, { retryAfterSeconds: 5 });
    },

    async malformed(kind, event, { issues }) {
      const { data, text, changeId } = readable(event);
      if (changeId === undefined) return false;
      const reasons = reasonsOf(issues);
      const refused = { changeId, kind, subject: text('policyId') ?? text('bundleId') ?? 'limits', submittedBy: text('submittedBy') ?? 'unknown', reasons };
      await register.execute(registerKey, { type: 'refuse', refused, submission: digestOf({ source: event.source, account: event.account, data }) }, {});
      return true;
    },

    async malformedDecision(event, { issues }, answersUnknown) {
      const { data, text, changeId } = readable(event);
      if (changeId === undefined) return false;
      const kind = text('kind');
      const isOurs = kind !== undefined && allKinds.includes(kind) ? kinds.some((one) => one.kind === kind) : answersUnknown;
      if (!isOurs) return true;
      const refused = { changeId, decider: text('decider') ?? 'unknown', submission: digestOf({ source: event.source, account: event.account, data }), reasons: reasonsOf(issues) };
      await register.execute(registerKey, { type: 'refuse-decision', refused }, {});
      return true;
    },

    async decided({ data, metadata, source, account, detailType, arrivedAt, cause }) {
      if (kindOf(data.kind) === undefined) return;
      const { changeId, kind, decider, verdict, comment, signature } = data;
      const decision = { changeId, kind, decider, verdict, ...(comment === undefined ? {} : { comment }), submission: digestOf({ source, account, data }) };
      for (let tries = 0; tries < maximumTries; tries += 1) {
        const { revision: seen, proposals, answered } = await settled();
        if (answered.some(([id, digest]) => id === changeId && digest === decision.submission)) return;
        const [now, person] = [await snapshot(), await findPerson(decider)];
        const change = proposals[changeId]?.change;
        const channel = findEmitter(emitters, { source, account }, detailType);
        const came = { changeId, decider, verdict, signature, occurredAt: Date.parse(metadata.occurredAt), arrivedAt };
        const problems = await decisionProblems(came, channel, person, now.administrators, change, verifier);
        const reasons = change === undefined ? [] : await problemsOf(change, now);
        const agreedBy = typeof person === 'object' ? ({ kind: 'person', userId: person.userId, userName: person.userName } as const) : undefined;
        const { state, events } = await register.execute(registerKey, { type: 'decide', decision, seen, problems, reasons, agreedBy }, cause);
        if (events.length === 0) continue;
        if (state?.applying !== undefined) await write(state.applying);
        return;
      }
      throw new OutageError('ERR_CONTENTION', `others changed policies ${maximumTries} times while one decision was judged`, { retryAfterSeconds: 5 });
    },

    async due() {
      await settled();
      await register.execute(registerKey, { type: 'due' }, {});
    },
  };
}

const allKinds: readonly string[] = ['EligibilityPolicy', 'Limits', 'Bundle', 'ApproverPolicy'];

/** What can be read of an intent that breaks its contract. */
function readable({ detail }: DeliveredEvent) {
  const data: Readonly<Record<string, unknown>> = { ...(typeof detail['data'] === 'object' ? detail['data'] : {}) };
  const text = (name: string): string | undefined => (typeof data[name] === 'string' && data[name].length <= 128 && data[name] !== '' ? data[name] : undefined);
  const id = text('changeId');
  return { data, text, changeId: id !== undefined && uuid.safeParse(id).success ? id : undefined };
}

/** The cut may halve a pair of surrogates, of which no UTF-8 can be made. */
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();

const reasonsOf = (issues: ContractViolationError['issues']): Reason[] => issues.slice(0, 20).map(({ path, message }) => ({ code: 'ERR_FIELD_INVALID', message: cut(`${path}: ${message}`, longest.reason) }));
