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
