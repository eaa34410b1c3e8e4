import {
  admissionProblems,
  decideRequester,
  evolveRequester,
  type OpenRequest,
  type RequesterCommand,
  type RequesterState,
} from './admission.ts';

const now = 1_000_000;
const open = (target: string, until = now + 60_000): OpenRequest => ({
  grants: { [`grant-${target}`]: target },
  startAt: null,
  durationMinutes: 60,
  until,
});
const admit = (requestId: string, request: OpenRequest, cap = 2) => ({ type: 'admit', requestId, request, cap }) as const;

function given(...commands: RequesterCommand[]): RequesterState | undefined {
  let state: RequesterState | undefined;
  for (const command of commands) for (const event of decideRequester(state, command, now)) state = evolveRequester(state, event);
  return state;
}
const problems = (state: RequesterState | undefined, command: ReturnType<typeof admit>, at = now): string[] =>
  admissionProblems(state, command, at).map(({ code }) => code);

it('admits up to the cap and not beyond', () => {
  const state = given(admit('1', open('a')), admit('2', open('b')));
  expect(problems(state, admit('3', open('c')))).toEqual(['ERR_TOO_MANY_OPEN']);
  expect(decideRequester(state, admit('3', open('c')), now)).toEqual([]);
});

it('admits the same request again without counting it twice', () => {
  const state = given(admit('1', open('a')), admit('2', open('b')));
  expect(problems(state, admit('2', open('b')))).toEqual([]);
  expect(decideRequester(state, admit('2', open('b')), now)).toEqual([]);
});

it('refuses the same target, start and duration while it is open, and admits another duration', () => {
  const state = given(admit('1', open('a')));
  expect(problems(state, admit('2', open('a')))).toEqual(['ERR_IDENTICAL_OPEN']);
  expect(problems(state, admit('2', { ...open('a'), durationMinutes: 61 }))).toEqual([]);
});

it('frees a request when its last grant is over, and not before', () => {
  const two = { ...open('a'), grants: { g1: 'a', g2: 'b' } };
  const half = given(admit('1', two), { type: 'release', requestId: '1', grantId: 'g1' });
  expect(problems(half, admit('2', open('b')))).toEqual(['ERR_IDENTICAL_OPEN']);
  expect(problems(half, admit('2', open('a')))).toEqual([]);
  const release = (grantId: string) => ({ type: 'release', requestId: '1', grantId }) as const;
  expect(given(admit('1', two), release('g1'), release('g2'))?.open).toEqual({});
});

it('stops counting what cannot be open any longer, even if its end was never heard of', () => {
  const state = given(admit('1', open('a')), admit('2', open('b')));
  expect(problems(state, admit('3', open('a')), now + 60_001)).toEqual([]);
});

it('changes nothing for a release of what is not open', () => {
  expect(decideRequester(given(admit('1', open('a'))), { type: 'release', requestId: '9' }, now)).toEqual([]);
  expect(decideRequester(given(admit('1', open('a'))), { type: 'release', requestId: '1', grantId: 'other' }, now)).toEqual([]);
});

it('does not admit again what is over, as a slow judgement would, for as long as one can last', () => {
  const state = given(admit('1', open('a')), { type: 'release', requestId: '1' });
  expect(decideRequester(state, admit('1', open('a')), now + 15 * 60_000 - 1)).toEqual([]);
  expect(problems(state, admit('1', open('a'), 0))).toEqual([]);
  expect(given(admit('1', open('a')), { type: 'release', requestId: '1' }, admit('1', open('a')))?.open).toEqual({});
});

it('forgets what is over when no judgement of it can be under way any more', () => {
  const state = given(admit('1', open('a')), { type: 'release', requestId: '1' });
  const [admitted] = decideRequester(state, admit('2', open('b', now + 3_600_000)), now + 15 * 60_000);
  if (admitted === undefined) throw new Error('not admitted');
  expect(evolveRequester(state, admitted).over).toEqual({});
});

describe('an extension', () => {
  const extending = (extended: string, target: string, more: Partial<OpenRequest> = {}): OpenRequest => ({ ...open(target), extends: extended, stretch: '1', ...more });
  const running = given(admit('1', { ...open('a'), grants: { 'grant-a': 'a', 'grant-b': 'b' } }));

  it('is admitted for what is open of the other, whatever the caps, and is no twin of it', () => {
    expect(problems(running, admit('2', extending('1', 'a'), 1))).toEqual([]);
    expect(problems(given(admit('1', open('a')), admit('2', extending('1', 'a'))), admit('3', open('b')))).toEqual([]);
  });

  it('counts as one with what it extends, and alone when that is over', () => {
    const state = given(admit('1', open('a')), admit('2', extending('1', 'a')), { type: 'release', requestId: '1' });
    expect(problems(state, admit('3', open('b'), 1))).toEqual(['ERR_TOO_MANY_OPEN']);
    expect(problems(state, admit('3', open('a'), 2))).toEqual([]);
  });

  it('is refused of what is over, or was never open', () => {
    const over = given(admit('1', open('a')), { type: 'release', requestId: '1' });
    expect(problems(over, admit('2', extending('1', 'a')))).toEqual(['ERR_EXTENDS_ENDED']);
    expect(problems(undefined, admit('2', extending('1', 'a')))).toEqual(['ERR_EXTENDS_ENDED']);
    expect(problems(given(admit('1', open('a'))), admit('2', extending('1', 'a')), now + 60_000)).toEqual(['ERR_EXTENDS_ENDED']);
  });

  it('is refused for a target that is over', () => {
    const half = [...decideRequester(running, { type: 'release', requestId: '1', grantId: 'grant-a' }, now)].reduce<RequesterState | undefined>(evolveRequester, running);
    expect(problems(half, admit('2', extending('1', 'a')))).toEqual(['ERR_EXTENDS_TARGET']);
    expect(problems(half, admit('2', extending('1', 'b')))).toEqual([]);
  });

  it('is refused while the same request has one, and allowed again when that is over', () => {
    const state = given(admit('1', open('a')), admit('2', extending('1', 'a')));
    expect(problems(state, admit('3', extending('1', 'a')))).toEqual(['ERR_EXTENDS_TWICE']);
    expect(problems(state, admit('3', extending('2', 'a')))).toEqual([]);
    expect(problems(given(admit('1', open('a')), admit('2', extending('1', 'a')), { type: 'release', requestId: '2' }), admit('3', extending('1', 'a')))).toEqual([]);
  });

  it.each<[string, string | undefined, string | undefined, boolean]>([
    ['whose access it is, whoever asked for the other', undefined, 'Keiko', true],
    ['who asked for the other, in whatever letters', 'keiko', 'Keiko', true],
    ['not who asks for them and did not ask for the other', 'keiko', 'emeka', false],
    ['not who asks for them where they asked for the other themselves', 'keiko', undefined, false],
  ])('that is there already is named to %s', (_, asks, asked, named) => {
    const other = asked === undefined ? {} : { askedBy: asked };
    const asker = asks === undefined ? {} : { askedBy: asks };
    const extended = given(admit('1', open('a')), admit('there', extending('1', 'a', other)));
    const identical = given(admit('there', { ...open('a'), ...other }));
    for (const [state, request] of [[extended, extending('1', 'a', asker)], [identical, { ...open('a'), ...asker }]] as const) {
      const [problem] = admissionProblems(state, admit('3', request), now);
      expect(problem?.message.includes('there')).toBe(named);
    }
  });

  it('counts until its duration after what it extends could be open', () => {
    const state = given(admit('1', open('a', now + 600_000)), admit('2', extending('1', 'a', { durationMinutes: 2 })));
    expect(state?.open['2']?.until).toBe(now + 720_000);
  });
});
