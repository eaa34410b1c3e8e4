import { startApi } from '../../test/api.ts';
import { manifest } from '../manifest.ts';
import { front } from './front.ts';

it('brings each call to the function that answers it, and to no other', async () => {
  const door = (name: string) => () => new Response(name);
  const answers = front({ api: door('api'), decide: door('decide'), policies: door('policies'), signIn: door('sign-in') });
  const { served } = startApi([], []);
  const broughtTo = async (call: string): Promise<string> => {
    const [method = '', path = ''] = call.split(' ');
    return (await answers(new Request(`https://team.example${path.replaceAll('{id}', 'x')}`, { method: method.toUpperCase() }))).text();
  };
  for (const [name, calls] of Object.entries(served)) for (const call of calls) expect([call, await broughtTo(call)]).toEqual([call, name]);
  for (const name of ['decide', 'policies'] as const) {
    expect(new Set(served[name].map((call) => call.split(' ')[1]))).toEqual(new Set(manifest.functions[name].trigger.http));
  }
  expect(await broughtTo('get /auth/sign-in')).toBe('sign-in');
});
