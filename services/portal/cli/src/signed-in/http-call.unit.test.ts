import { problem, scriptedPortal, origin } from '../../test/scripted-portal.ts';
import { me as meShape } from '../../../api/src/contract/index.ts';
import { me } from '../../test/portal-answers.ts';
import { callPortal } from './http-call.ts';

/** Answers these, one after the other. */
function each(...answers: readonly (() => unknown)[]): () => unknown {
  const left = [...answers];
  return () => left.shift()?.();
}

const busy = (retryAfter?: string) => () => problem(503, 'ERR_DIRECTORY_DOWN', 'Try again.', retryAfter === undefined ? {} : { 'retry-after': retryAfter });
const whoAmI = (answer: () => unknown) => scriptedPortal({ 'GET /v1/me': answer });

it('sends the token to the portal, and bounds the wait', async () => {
  const { team, sent } = whoAmI(() => me);
  expect(await team('whoami')).toEqual({ code: 0, remarks: [], said: [`dana (Dana Jansen) at ${origin}`, 'signed in at 2026-11-30 10:00:00Z; auditor'] });
  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer a-token']);
});

it('says so where no answer comes in time', async () => {
  const never = (_url: string, { signal }: RequestInit): Promise<Response> => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
  const waits: number[] = [];
  const timeout = (ms: number): AbortSignal => {
    waits.push(ms);
    return AbortSignal.timeout(0);
  };
  const caller = { fetch: never, pause: async () => undefined, signal: new AbortController().signal, timeout };
  const call = { method: 'GET', path: '/v1/me', shape: meShape, retried: true } as const;
  await expect(callPortal(caller, origin, call)).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(`nothing answers at ${origin} (no answer within 10 s)`) });
  expect(waits).toEqual([10_000]);
});

it('says all that the portal finds wrong with what was sent', async () => {
  const problems = [{ field: 'ticketId', message: 'at most 128 characters\u001b[31m' }, { field: 'targets.0', message: 'there is no such field\nSigned in' }];
  const { team } = whoAmI(() => Response.json({ type: 'about:blank', title: 'Not as asked for', status: 400, code: 'ERR_INPUT_INVALID', detail: 'Correct what "problems" lists.', problems }, { status: 400 }));
  expect((await team('whoami')).remarks).toEqual(['Not as asked for: Correct what "problems" lists. (ERR_INPUT_INVALID)\n  ticketId: at most 128 characters�[31m\n  targets.0: there is no such field�Signed in']);
});

it('tries a read again that was put off, when the portal says', async () => {
  const { team, pauses } = whoAmI(each(busy('7'), () => problem(429, 'ERR_TOO_MANY_CALLS', 'Slowly.', { 'retry-after': '2' }), busy(), () => me));
  expect((await team('whoami')).code).toBe(0);
  expect(pauses).toEqual([7_000, 2_000, 4_000]);
});

it('gives up after the third time, and waits no half an hour', async () => {
  const { team, pauses } = whoAmI(busy('1800'));
  expect(await team('whoami')).toEqual({ code: 3, said: [], remarks: ['A title: Try again. (ERR_DIRECTORY_DOWN, urn:uuid:018f6b7a-0000-7000-9000-000000000001)'] });
  expect(pauses).toEqual([30_000, 30_000, 30_000]);
});

it.each<[string, () => unknown, number, RegExp]>([
  ['nothing answers', () => Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }), 3, /^nothing answers at https:\/\/team\.acme\.example \(ECONNREFUSED\)/],
  ['a web page answers', () => new Response('<html>', { status: 200 }), 3, /does not speak the API/],
  ['it answers in another shape', () => ({ name: 'dana' }), 3, /does not speak the API/],
  ['it leads elsewhere', () => new Response('', { status: 302, headers: { location: 'https://evil.example' } }), 3, /does not speak the API/],
  ['a page is missing', () => new Response('<html>', { status: 404 }), 3, /is it the portal of TEAM/],
  ['something refuses without a word', () => new Response('', { status: 403 }), 1, /answered 403 and did not say why/],
  ['the gateway before the portal refuses, whose words name no status', () => Response.json({ type: 'about:blank', title: 'Not as asked for', code: 'ERR_CALL_INVALID', detail: 'Otherwise.' }, { status: 403 }), 1, /^Not as asked for: Otherwise\. \(ERR_CALL_INVALID\)$/],
  ['the portal refuses', () => problem(403, 'ERR_PERSON_DISABLED', 'dana is disabled'), 1, /^A title: dana is disabled \(ERR_PERSON_DISABLED\)$/],
  ['the token is refused', () => problem(401, 'ERR_TOKEN_INVALID', 'expired'), 4, /\(ERR_TOKEN_INVALID\)\nSign in with: npx team login --portal https:\/\/team\.acme\.example$/],
  ['words of others move the cursor', () => problem(403, 'ERR_X', 'red \u001b[31m'), 1, /^A title: red �\[31m \(ERR_X\)$/],
])('says it in a sentence where %s', async (_, answer, code, words) => {
  expect(await whoAmI(answer).team('whoami')).toEqual({ code, said: [], remarks: [expect.stringMatching(words)] });
});
