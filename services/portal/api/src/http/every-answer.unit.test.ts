import { OutageError, TeamError } from '@team/runtime';
import { startApi } from '../../test/api.ts';
import { ada, alice, bob, directoryIsDown } from '../../test/people.ts';
import { account, request, requestIdOf, setArn } from '../../test/requests.ts';
import { fakeAudit, fakeServices } from '../../test/services.ts';

const pending = requestIdOf(1);
const asked = { targets: [{ accountId: account.accountId, permissionSetArn: setArn }], durationMinutes: 60 };
const commands = [
  { path: '/v1/requests', body: asked as object, as: alice },
  { path: `/v1/requests/${pending}/end`, body: {}, as: alice },
  { path: `/v1/requests/${pending}/decisions`, body: { verdict: 'approve' }, as: bob },
];

const start = (more: Parameters<typeof startApi>[2] = {}) => startApi([request(1)], [alice, bob], more);

describe('what goes wrong', () => {
  it.each([
    ['/v1/nothing', 'GET', 404, 'ERR_ROUTE_UNKNOWN'],
    ['/', 'GET', 404, 'ERR_ROUTE_UNKNOWN'],
    ['/v1/requests/', 'GET', 404, 'ERR_ROUTE_UNKNOWN'],
    ['/v1/me', 'POST', 405, 'ERR_METHOD'],
    ['/v1/requests', 'DELETE', 405, 'ERR_METHOD'],
    ['/v1/requests', 'OPTIONS', 405, 'ERR_METHOD'],
    [`/v1/requests/${pending}/end`, 'GET', 405, 'ERR_METHOD'],
    [`/v1/requests/${pending}/decisions`, 'GET', 405, 'ERR_METHOD'],
  ])('%s by %s is %d, whoever calls', async (path, method, status, code) => {
    const answer = await start().call(path, { method });
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ type: 'about:blank', status, code, detail: expect.any(String) })]);
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET|POST/);
  });

  it('lists everything that is wrong in a body, field by field', async () => {
    const body = { targets: [{ accountId: '12', permissionSetArn: setArn, name: 'x' }], durationMinutes: 0, requester: 'somebody@else.example' };
    const answer = await start().call('/v1/requests', { as: alice, body });
    const problem: unknown = await answer.json();
    expect(answer.status).toBe(400);
    expect(problem).toMatchObject({ code: 'ERR_INPUT_INVALID', detail: expect.stringContaining('targets.0.accountId') });
    expect(problem).toHaveProperty('problems', [
      { field: 'targets.0.accountId', message: expect.any(String) },
      { field: 'targets.0.name', message: 'there is no such field; leave it out' },
      { field: 'durationMinutes', message: expect.any(String) },
      { field: 'requester', message: 'there is no such field; leave it out' },
    ]);
  });

  it.each([
    [{ bundle: 'Not A Name' }, 'targets.0.bundle'],
    [{ bundle: 'prod-read', accountId: account.accountId }, 'targets.0.accountId'],
    [{ accountId: account.accountId }, 'targets.0'],
    [{}, 'targets.0'],
    ['prod-read', 'targets.0'],
  ])('takes no %j for a target', async (target, field) => {
    for (const path of ['/v1/requests', '/v1/preview']) {
      const { call, intents } = start();
      const answer = await call(path, { as: alice, body: { ...asked, targets: [target] } });
      expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'ERR_INPUT_INVALID', problems: [{ field, message: expect.any(String) }] })]);
      expect(intents.sent).toEqual([]);
    }
  });

  it.each([
    ['/v1/requests?limit=0', 'limit'],
    ['/v1/requests?list=everything', 'list'],
    ['/v1/requests?accountId=../x', 'accountId'],
    ['/v1/askable?limit=1e9', 'limit'],
    ['/v1/requests/not-an-id', 'id'],
  ])('names the field that is wrong in %s', async (path, field) => {
    const answer = await start().call(path, { as: alice });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ problems: [{ field, message: expect.any(String) }] })]);
  });

  it.each([
    ['{"targets":', 'ERR_BODY_INVALID'],
    ['', 'ERR_BODY_INVALID'],
    ['null', 'ERR_INPUT_INVALID'],
    ['[]', 'ERR_INPUT_INVALID'],
  ])('takes no %j for a request', async (body, code) => {
    const answer = await start().call('/v1/requests', { as: alice, body });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code })]);
  });

  it('names a cursor that is none', async () => {
    for (const path of ['/v1/requests?after=x', '/v1/askable?after=x']) {
      const answer = await start().call(path, { as: alice });
      expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'ERR_CURSOR_INVALID' })]);
    }
  });

  it('passes no question on to the audit service that it would not take, and names a cursor of another question', async () => {
    const asked: object[] = [];
    const answer = async (question: { readonly after?: string | undefined }) => {
      asked.push(question);
      if (question.after === undefined) throw new TeamError('ERR_SERVICE_FAILED', 'inside');
      throw new TeamError('ERR_QUESTION_REFUSED', `"${question.after}" is no cursor of this question`);
    };
    const { call } = startApi([], [ada], { services: { ...fakeServices(), audit: fakeAudit({ answer }) } });
    for (const [body, status, code] of [
      [{ op: 'everything' }, 400, 'ERR_INPUT_INVALID'],
      [{ op: 'held', person: 'alice' }, 400, 'ERR_INPUT_INVALID'],
      [{ op: 'stalled', limit: 201 }, 400, 'ERR_INPUT_INVALID'],
      [{ op: 'events' }, 400, 'ERR_INPUT_INVALID'],
      [{ op: 'stalled', after: 'x' }, 400, 'ERR_CURSOR_INVALID'],
      [{ op: 'stalled' }, 500, 'ERR_INTERNAL'],
    ] as const) {
      const problem = await call('/v1/audit/questions', { as: ada, body });
      expect([problem.status, await problem.json()]).toEqual([status, expect.objectContaining({ code })]);
    }
    expect(asked).toEqual([{ op: 'stalled', after: 'x', limit: 50 }, { op: 'stalled', limit: 50 }]);
  });

  it('asks to try again where what it depends on is down, and tells the log alone what that is', async () => {
    const { call, logged } = start({ people: directoryIsDown });
    const answer = await call('/v1/me', { as: alice });
    const problem = await answer.text();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(problem).toContain('ERR_DIRECTORY_DOWN');
    expect(problem).not.toContain('10.0.0.7');
    expect(logged).toEqual([{ message: expect.any(String), facts: expect.objectContaining({ path: '/v1/me', error: expect.any(TeamError) }) }]);
  });

  it('says when an outage is expected to be over', async () => {
    const down = () => Promise.reject(new OutageError('ERR_THROTTLED', 'slow down', { retryAfterSeconds: 30 }));
    const answer = await start({ services: { ...fakeServices(), requestPolicies: down } }).call('/v1/askable', { as: alice });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  });

  it.each([[new Error('password=hunter2')], [new TeamError('ERR_STORED_WRONG', 'password=hunter2')]])('tells nobody what failed inside: %s', async (failure) => {
    const { call, logged } = start({ services: { ...fakeServices(), requestPolicies: () => Promise.reject(failure) } });
    const answer = await call('/v1/askable', { as: alice });
    const problem = await answer.text();
    expect([answer.status, problem]).toEqual([500, expect.stringContaining('ERR_INTERNAL')]);
    expect(problem).not.toMatch(/hunter2|STORED_WRONG|\bat \w/);
    const [entry] = logged;
    expect(entry?.facts).toMatchObject({ error: failure });
    expect(problem).toContain(String(entry?.facts['instance']));
  });
});

describe('what a form of another site could send', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', 'application/vnd.x+json', ''])(
    'a body of %j, as a form may send it, is none',
    async (type) => {
      for (const { path, ...call } of commands) {
        const answer = await start().call(path, { ...call, headers: { 'content-type': type } });
        expect([answer.status, await answer.json()]).toEqual([415, expect.objectContaining({ code: 'ERR_NOT_JSON' })]);
      }
    },
  );
});

describe('large bodies', () => {
  const large = JSON.stringify({ ...asked, justification: 'x'.repeat(70_000) });

  it('are refused by what is said of their length', async () => {
    const answer = await start().call('/v1/requests', { as: alice, body: large, headers: { 'content-length': String(large.length) } });
    expect([answer.status, await answer.json()]).toEqual([413, expect.objectContaining({ code: 'ERR_BODY_TOO_LARGE' })]);
  });

  it('are refused where nothing is said of their length', async () => {
    const answer = await start().call('/v1/requests', { as: alice, body: large });
    expect(answer.status).toBe(413);
  });

  it('are taken up to the largest that a request can be', async () => {
    const targets = Array.from({ length: 50 }, () => ({ accountId: account.accountId, permissionSetArn: setArn.padEnd(110, '0') }));
    const body = { ...asked, targets, justification: '\u{1F600}'.repeat(1_000), ticket: 'x'.repeat(128), for: 'x'.repeat(128) };
    const answer = await startApi([], [alice], { mayAskForOthers: { groupIds: [], userIds: [alice.userId] } }).call('/v1/requests', { as: alice, body });
    expect(answer.status).toBe(202);
  });
});

describe('headers of every answer', () => {
  it.each(['/healthz', '/v1/me', '/v1/nothing', '/v1/requests?limit=0', `/v1/requests/${pending}/decisions`])('%s', async (path) => {
    const { headers } = await start().call(path, { as: alice });
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers.has('access-control-allow-origin')).toBe(false);
  });
});
