import { setTimeout as delay } from 'node:timers/promises';
import { startLocalRun, type LocalRun } from './local-run.ts';

const ines = 'ines.lindqvist34@acme.example'; // Security Response
const ana = 'ana.alvarez@acme.example'; // TEAM Admins
/** A life of two minutes, ten times as fast, on a machine that may be busy. */
const unhurried = 240_000;

let local: LocalRun;
beforeAll(async () => {
  local = await startLocalRun();
}, unhurried);
afterAll(() => local.stop(), unhurried);

test('break glass goes all the way by hand: had at once, shown loudly, over, waiting for review, reviewed', async () => {
  const asked = await local.team('ask', '--as', ines, '--account', '836423630756', '--permission-set', 'BreakGlass', '--minutes', '2', '--why', 'outage', '--break-glass', '--wait');
  expect(asked).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/BREAK GLASS: approved by policy[^]*The access is there: BreakGlass in Prod Payments 003 \(836423630756\), until /) });
  const requestId = /^request\s+([0-9a-f-]{36})$/m.exec(asked.out)?.[1] ?? 'none';

  await expect(local.team('review', requestId, 'justified', '--as', ana)).resolves.toMatchObject({ code: 1, out: expect.stringContaining('ERR_REVIEW_TOO_EARLY') });
  for (let out = ''; !out.includes('review waits until'); await delay(200)) ({ out } = await local.team('reviews'));
  await expect(local.team('review', requestId, 'justified', '--as', ines)).resolves.toMatchObject({ code: 1, out: expect.stringContaining('ERR_SELF_REVIEW') });
  const review = await local.team('review', requestId.slice(0, 8), 'justified', '--as', ana, '--comment', 'INC-7 was real');
  expect(review).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^AccessReviewed\.v1 {2}ana\.alvarez@acme\.example finds the break glass justified “INC-7 was real”\n$/) });
  await expect(local.team('reviews', '--json')).resolves.toMatchObject({ code: 0, out: '[]\n' });

  const { out } = await local.team('show', requestId);
  expect(out).toMatch(/^! +BREAK GLASS: had at once, without approval, and reviewed afterwards$/m);
  expect(out).toMatch(/^review +justified by ana\.alvarez@acme\.example at .*: INC-7 was real$/m);
}, unhurried);
