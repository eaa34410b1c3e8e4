import { crash } from './crash.ts';

/** Each start takes a second or two, on a busy machine ten; and then lives of minutes, twenty times as fast, come to their end. */
const unhurried = 240_000;

test('nothing is lost, left behind or done twice when the process is killed in the middle of its work, again and again', async () => {
  const lines: string[] = [];
  const { lost, left, twice, events } = await crash({ rounds: 3, seed: Math.floor(Math.random() * 2 ** 31) }, (line) => lines.push(line));
  expect({ lost, left, twice, lines }).toEqual({ lost: [], left: [], twice: [], lines });
  expect(events).toBeGreaterThan(0);
}, unhurried);
