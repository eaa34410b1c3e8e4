import { startApi } from '../../test/api.ts';
import { countingRoutes, front } from './front.ts';

it('brings each call to the function that answers it, and to no other', async () => {
  const door = (name: string) => () => new Response(name);
  const answers = front({ api: door('api'), decide: door('decide'), signIn: door('sign-in') });
  const { served } = startApi([], []);
  const broughtTo = async (call: string): Promise<string> => {
    const [method = '', path = ''] = call.split(' ');
    return (await answers(new Request(`https://team.example${path.replaceAll('{id}', 'x')}`, { method: method.toUpperCase() }))).text();
  };
  for (const call of served.api) expect([call, await broughtTo(call)]).toEqual([call, 'api']);
  for (const call of served.decide) expect([call, await broughtTo(call)]).toEqual([call, 'decide']);
  expect(served.decide).toHaveLength(countingRoutes.length);
  expect(await broughtTo('get /auth/sign-in')).toBe('sign-in');
});
