import { front } from '@team/portal/compose';
import { createWorld } from '../../infra/local/src/play/world.ts';
import { openIssuer } from '../../services/portal/test/sign-in/issuer.ts';
import { organization, policies } from '../journeys/fixture.ts';
import { audience, chidi, emeka, keiko, origin, webClient, wren, zoe } from './doors.ts';

/** Keiko may. */
const mayAskForOthers = { groupIds: [], userIds: organization.Users.filter(({ UserName }) => UserName === keiko).map(({ UserId }) => UserId) };

/** The portal, and how often its door for reading calls AWS. */
async function counted() {
  const calls: string[] = [];
  const clock = { now: (): number => Date.parse('2026-03-02T09:00:00.000Z') };
  const issuer = await openIssuer({ audience, now: () => clock.now() });
  const portal = { origin, issuer: issuer.url, jwksUri: issuer.jwksUri, audience, client: { id: webClient, secret: 'secret' }, commandLine: { id: 'team-cli' } };
  const world = await createWorld({
    organization,
    policies: { ...policies, portal: { mayAskForOthers, machineClients: [] } },
    startAt: '2026-03-02T09:00:00.000Z',
    seed: 11,
    more: {
      portal,
      intercept: (call, next) => {
        calls.push(call.action);
        return next();
      },
    },
  });
  clock.now = world.now;
  if (world.system.portal === undefined) throw new Error('there is no portal');
  const door = front(world.system.portal);
  const tokens = new Map<string, string>();
  return {
    world,
    close: () => issuer.close(),
    async read(userName: string, path: string): Promise<void> {
      const token = tokens.get(userName) ?? (await issuer.token(userName));
      tokens.set(userName, token);
      const { status } = await door(new Request(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } }));
      if (status !== 200) throw new Error(`${path} answered ${status}`);
    },
    /** Calls of AWS meanwhile, by name. */
    async during(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
      calls.length = 0;
      await work();
      return Object.fromEntries([...Map.groupBy(calls, (name) => name)].map(([name, all]) => [name, all.length]));
    },
  };
}

let portal: Awaited<ReturnType<typeof counted>>;
beforeAll(async () => {
  portal = await counted();
});
afterAll(() => portal.close());

it('who looks for the first time in a minute costs a few calls, and the policies are asked for once for everybody', async () => {
  await portal.read(chidi, '/v1/me');
  expect(await portal.during(() => portal.read(wren, '/v1/me'))).toEqual({ DescribeUser: 1, ListGroupMembershipsForMember: 1 });
});

it('who looks again costs nothing but the lists', async () => {
  expect(await portal.during(() => portal.read(wren, '/v1/me'))).toEqual({});
  expect(await portal.during(() => portal.read(wren, '/v1/requests?list=mine'))).toEqual({ Query: 2 });
  expect(await portal.during(() => portal.read(chidi, '/v1/requests?list=all'))).toEqual({ Query: 1 });
});

it('many who look at the same at the same time cost as much as one', async () => {
  await portal.read(emeka, '/v1/me');
  const path = '/v1/requests?list=all&status=active';
  expect(await portal.during(() => Promise.all(Array.from({ length: 20 }, () => portal.read(chidi, path))))).toEqual({ Query: 1 });
});

it('a minute later everything about people is asked for anew, once', async () => {
  await portal.world.pass(61 / 60);
  const anew = await portal.during(() => Promise.all([portal.read(wren, '/v1/me'), portal.read(wren, '/v1/me')]));
  expect(anew).toMatchObject({ DescribeUser: 1, ListGroupMembershipsForMember: 1 });
});

it('what somebody else may ask for is found out once a minute, whoever looks, however much they type', async () => {
  const lists = ['/v1/askable', '/v1/askable?search=prod', '/v1/bundles'];
  await portal.read(zoe, '/v1/askable');
  await portal.read(keiko, '/v1/me');
  // Zoe looked at the same: whom Keiko means is all that is looked up.
  expect(await portal.during(() => portal.read(keiko, `/v1/askable?for=${zoe}`))).toEqual({ DescribeUser: 1 });
  for (const path of lists) expect(await portal.during(() => portal.read(keiko, `${path}${path.includes('?') ? '&' : '?'}for=${zoe}`))).toEqual({});
});
