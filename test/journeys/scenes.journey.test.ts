import { scenes } from '../../infra/local/src/demo/scenes.ts';
import { createScript } from '../../infra/local/src/demo/script.ts';
import { monday } from './worlds.ts';

it('plays every scene of the demo, and every statement in it holds', async () => {
  const { script, statements } = createScript(await monday(), () => undefined);
  for (const [, play] of scenes) await play(script);
  expect(statements().failed).toEqual([]);
  expect(statements().made).toBeGreaterThan(40);
}, 60_000);
