import fc from 'fast-check';
import type { Change } from './change.ts';
import { decideRegister, empty, evolveRegister, isKnown, registerDueAt, type Register, type RegisterCommand, type RegisterEvent } from './register.ts';

const minuteMs = 60_000;
const changeOf = (n: number, content = 0): Change => ({
  changeId: `change-${n}`,
  kind: 'EligibilityPolicy',
  subject: `policy-${n % 2}`,
  expectedVersion: 1,
  after: { content },
  submittedBy: 'ana',
  by: { kind: 'person', userId: 'ana', userName: 'ana' },
  digest: `digest-${n}-${content}`,
  submission: `submission-${n}-${content}`,
});
const second = { minutes: 60 };
const submit = (n: number, seen: number, more: Partial<Extract<RegisterCommand, { type: 'submit' }>> = {}): RegisterCommand => ({ type: 'submit', change: changeOf(n), seen, widens: [], second, ...more });
const decision = (n: number, verdict: 'agree' | 'disagree', submission = `decision-${n}-${verdict}`) => ({ changeId: `change-${n}`, kind: 'EligibilityPolicy', decider: 'bo', verdict, submission }) as const;

/** A register after commands, each at its moment, and what happened. */
function play(commands: readonly RegisterCommand[], begin: Register = empty, now = 0): { readonly state: Register; readonly events: readonly RegisterEvent[] } {
  return commands.reduce<{ state: Register; events: readonly RegisterEvent[] }>(
    ({ state, events }, command) => {
      const next = decideRegister(state, command, now);
      return { state: next.reduce<Register>(evolveRegister, state), events: [...events, ...next] };
    },
    { state: begin, events: [] },
  );
}

const types = (events: readonly RegisterEvent[]): string[] => events.map((event) => (event.type === 'Refused' ? (event.data.reasons[0]?.code ?? '') : event.type));

describe('the register', () => {
  it('admits one change after the other: the next only when the last is written', () => {
    const { state, events } = play([submit(1, 0), submit(2, 0), submit(2, 1), { type: 'applied', changeId: 'change-1' }, submit(2, 1)]);
    expect(types(events)).toEqual(['Admitted', 'Applied', 'Admitted']);
    expect(state.applying?.change.changeId).toBe('change-2');
  });

  it('admits nothing that was judged against an older revision', () => {
    const { state } = play([submit(1, 0), { type: 'applied', changeId: 'change-1' }]);
    expect(decideRegister(state, submit(2, 0), 0)).toEqual([]);
  });

  it('keeps what widens until somebody agrees, and refuses it when its time is over', () => {
    const { state, events } = play([submit(1, 0, { widens: ['more'] })]);
    expect(types(events)).toEqual(['Proposed']);
    expect(registerDueAt(state)).toBe(60 * minuteMs);
    expect(types(decideRegister(state, { type: 'due' }, 60 * minuteMs - 1))).toEqual([]);
    expect(types(decideRegister(state, { type: 'due' }, 60 * minuteMs))).toEqual(['ERR_CHANGE_NOT_DECIDED']);
    const agreed = { type: 'decide', decision: decision(1, 'agree'), seen: 0, problems: [], reasons: [], agreedBy: { kind: 'person', userId: 'bo', userName: 'bo' } } as const;
    expect(types(decideRegister(state, agreed, 60 * minuteMs))).toEqual(['ERR_CHANGE_NOT_DECIDED']);
    expect(types(play([agreed], state).events)).toEqual(['Admitted']);
    expect(types(play([{ ...agreed, decision: decision(1, 'disagree') }], state).events)).toEqual(['ERR_CHANGE_DISAGREED']);
    expect(types(play([{ ...agreed, reasons: [{ code: 'ERR_VERSION_CONFLICT', message: 'newer' }] }], state).events)).toEqual(['ERR_VERSION_CONFLICT']);
  });

  it('goes on waiting after a decision that does not count, and after another change under its id', () => {
    const { state } = play([submit(1, 0, { widens: ['more'] })]);
    const wrong = { type: 'decide', decision: decision(1, 'agree'), seen: 0, problems: [{ code: 'ERR_SELF_AGREEMENT', message: 'alone' }], reasons: [], agreedBy: undefined } as const;
    const after = play([wrong, submit(1, 0, { change: changeOf(1, 7) })], state);
    expect(types(after.events)).toEqual(['DecisionRefused', 'ERR_CHANGE_ID_REUSED']);
    expect(Object.keys(after.state.proposals)).toEqual(['change-1']);
  });

  it('takes no more proposals than fit', () => {
    const many = Array.from({ length: 21 }, (_, n) => submit(n, 0, { widens: ['more'] }));
    expect(types(play(many).events).at(-1)).toBe('ERR_TOO_MANY_PROPOSALS');
    const large = play([submit(1, 0, { widens: ['more'], change: { ...changeOf(1), after: '語'.repeat(60_000) } })]);
    expect(types(large.events)).toEqual(['ERR_TOO_MANY_PROPOSALS']);
  });
});

const command: fc.Arbitrary<(revision: number) => RegisterCommand> = fc.oneof(
  fc.record({ n: fc.nat(3), content: fc.nat(1), stale: fc.nat(1), widens: fc.boolean() }).map(({ n, content, stale, widens }) => (revision: number) => submit(n, revision - stale, { change: changeOf(n, content), widens: widens ? ['more'] : [] })),
  fc.record({ n: fc.nat(3), content: fc.nat(1) }).map(({ n, content }) => (): RegisterCommand => ({ type: 'refuse', refused: { ...changeOf(n, content), reasons: [{ code: 'ERR_NO', message: 'no' }] }, submission: changeOf(n, content).submission })),
  fc.record({ n: fc.nat(3), verdict: fc.constantFrom('agree', 'disagree'), stale: fc.nat(1), bad: fc.boolean() }).map(({ n, verdict, stale, bad }) => (revision: number): RegisterCommand => ({ type: 'decide', decision: decision(n, verdict, `decision-${n}-${verdict}-${String(bad)}`), seen: revision - stale, problems: bad ? [{ code: 'ERR_BAD', message: 'bad' }] : [], reasons: [], agreedBy: undefined })),
  fc.nat(3).map((n) => (): RegisterCommand => ({ type: 'applied', changeId: `change-${n}` })),
  fc.constant((): RegisterCommand => ({ type: 'due' })),
);

it('in whatever order things come, answers each submission once, and never admits two changes at once', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(command, fc.nat(90)), { maxLength: 40 }), (steps) => {
      let state: Register = empty;
      let now = 0;
      const finals: string[] = [];
      for (const [make, minutes] of steps) {
        now += minutes * minuteMs;
        const wanted = make(state.revision);
        const before = state;
        const events = decideRegister(state, wanted, now);
        if (events.some(({ type }) => type === 'Admitted')) expect(before.applying).toBeUndefined();
        state = events.reduce<Register>(evolveRegister, state);
        for (const event of events) {
          if (event.type === 'Admitted') finals.push(event.data.agreed.change.submission);
          if (event.type === 'Refused') finals.push(event.data.submission);
        }
        if (wanted.type === 'submit' && events.length > 0) expect(isKnown(state, wanted.change)).toBe(true);
        // The same again changes nothing.
        if (events.length > 0 && wanted.type !== 'due') expect(decideRegister(state, wanted, now)).toEqual([]);
      }
      expect(new Set(finals).size).toBe(finals.length);
    }),
    { numRuns: 2_000 },
  );
});
