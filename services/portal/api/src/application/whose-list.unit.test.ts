import { startApi } from '../../test/api.ts';
import { alice, bob, dora, engineers, fakePeople, now, olga, vera } from '../../test/people.ts';
import { setArn } from '../../test/requests.ts';
import { fakeServices, policy, withBundles } from '../../test/services.ts';
import type { Named, SignedIn } from './ports.ts';
import { whoseList } from './whose-list.ts';

/** Vera may ask for others, and for nothing herself; Alice and Olga are engineers, who may ask. */
const hers: Named = { groupIds: [], userIds: [vera.userId] };
const byGroup: Named = { groupIds: [engineers], userIds: [] };
const everybody = [alice, olga, bob, dora, vera];
const unit = { accountIds: [], organizationalUnitIds: ['ou-acme-prod0000'] };
const services = withBundles([{ bundleId: 'prod', targets: unit, permissionSetArns: [setArn] }], fakeServices([policy()]));
const lists = ['/v1/askable', '/v1/bundles'];

function start(mayAskForOthers: Named) {
  const { call } = startApi([], everybody, { mayAskForOthers, services });
  return async (as: SignedIn, path: string) => {
    const answer = await call(path, { as });
    return { status: answer.status, text: await answer.text() };
  };
}

const forWhom = (path: string, name: string): string => `${path}?for=${encodeURIComponent(name)}`;

describe('a list for somebody else', () => {
  it.each(lists)('%s is what they are told themselves, by name or id, and nothing of one’s own', async (path) => {
    const read = start(hers);
    const own = await read(olga, path);
    expect(own.text).toContain(setArn);
    for (const name of [olga.userName, olga.userId]) expect(await read(vera, forWhom(path, name))).toEqual(own);
    expect(JSON.parse((await read(vera, path)).text)).toEqual({ items: [] });
    expect(JSON.parse((await read(vera, forWhom(path, bob.userName))).text)).toEqual({ items: [] });
  });

  it.each(lists)('%s is refused to who may not ask for others, in the same words whoever is named', async (path) => {
    const read = start(hers);
    const answers = await Promise.all([olga.userName, olga.userId, dora.userName, 'nobody@acme.example', '*'].map((name) => read(alice, forWhom(path, name))));
    const told = answers.map(({ status, text }) => [status, text.replace(/urn:uuid:[0-9a-f-]+/, 'INSTANCE')]);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]).toEqual([403, expect.stringContaining('ERR_MAY_NOT_ASK_FOR_OTHERS')]);
    for (const mayAskForOthers of [byGroup, { groupIds: [], userIds: [] }]) expect((await start(mayAskForOthers)(vera, forWhom(path, olga.userName))).status).toBe(403);
    expect((await start(byGroup)(alice, forWhom(path, olga.userName))).status).toBe(200);
  });

  it.each(lists)('%s is everybody’s own where they name themselves', async (path) => {
    const read = start(hers);
    const own = await read(alice, path);
    for (const name of [alice.userName.toUpperCase(), alice.userId]) expect(await read(alice, forWhom(path, name))).toEqual(own);
  });

  it.each(lists)('%s says where there is nobody of that name, or they are disabled', async (path) => {
    const read = start(hers);
    expect(await read(vera, forWhom(path, 'nobody@acme.example'))).toEqual({ status: 400, text: expect.stringContaining('ERR_USER_UNKNOWN') });
    expect(await read(vera, forWhom(path, dora.userName))).toEqual({ status: 400, text: expect.stringContaining('ERR_USER_DISABLED') });
    expect(await read(vera, `${path}?for=`)).toMatchObject({ status: 400 });
  });
});

it('whoever is named is looked up once in a minute, in whatever letters, and by nobody who may not', async () => {
  const looked: string[] = [];
  let time = now;
  const findUser = async (name: string) => (looked.push(name), { id: olga.userId, userName: olga.userName, enabled: true });
  const whose = whoseList({ people: fakePeople(), findUser, mayAskForOthers: hers, now: () => time });
  await expect(whose(olga.userName, alice)).rejects.toMatchObject({ code: 'ERR_MAY_NOT_ASK_FOR_OTHERS' });
  for (const name of [olga.userName, olga.userName.toUpperCase(), olga.userName]) expect(await whose(name, vera)).toEqual({ userId: olga.userId, userName: olga.userName });
  expect(looked).toHaveLength(1);
  time += 60_000;
  await whose(olga.userName, vera);
  expect(looked).toHaveLength(2);
});
