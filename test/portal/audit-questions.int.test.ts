import { askFor, chidi, openDoors, prodPayments, wren, type Doors } from './doors.ts';

let doors: Doors;
let asked: readonly string[];
beforeAll(async () => {
  doors = await openDoors();
  const [first, second] = [await doors.asked(wren, askFor(doors, prodPayments, 'ReadOnlyAccess')), await doors.asked(wren, askFor(doors, '624177419051', 'ReadOnlyAccess'))];
  asked = [second, first];
});
afterAll(() => doors.close());

const ask = (question: object) => doors.as(chidi, '/v1/audit/questions', { body: question });
const requestsIn = (body: Readonly<Record<string, unknown>>) => (body['requests'] as { readonly requestId: string }[]).map(({ requestId }) => requestId);

it('are answered a page at a time, the newest first, as long as the question stays the same', async () => {
  const question = { op: 'requests', by: { person: wren }, limit: 1 };
  const first = await ask(question);
  expect([first.status, requestsIn(first.body)]).toEqual([200, [asked[0]]]);
  const after = String(first.body['next']);
  const second = await ask({ ...question, after });
  expect([second.status, requestsIn(second.body)]).toEqual([200, [asked[1]]]);
  for (const other of [{ ...question, by: { person: chidi }, after }, { ...question, after: 'x' }, { op: 'stalled', after }]) {
    expect(await ask(other)).toMatchObject({ status: 400, body: { code: 'ERR_CURSOR_INVALID', detail: expect.stringContaining('without "after"') } });
  }
});

it('are told from what the audit service cannot be asked', async () => {
  for (const question of [{ op: 'verify' }, { op: 'events' }, { op: 'object', key: 'x' }, { op: 'who-could-reach', accountId: '12', at: 'now' }, { op: 'requests', by: { everything: true } }, []]) {
    expect(await ask(question)).toMatchObject({ status: 400, body: { code: 'ERR_INPUT_INVALID' } });
  }
});
