import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import assert from 'node:assert/strict';
import { beliefs } from './beliefs/index.ts';
import { Untried, type Belief } from './belief.ts';
import { conformance, type Run } from './conformance.ts';
import { readOptions } from './options.ts';
import { localPlace } from './places/local.ts';
import { motoDifferences } from './places/moto-differences.ts';
import { createSandbox } from './sandbox.ts';

const holding: Belief = { id: 'a.holds', says: 'It holds.', source: 'https://docs.aws.amazon.com/a.html', check: async () => 'seen' };
const broken: Belief = { ...holding, id: 'a.breaks', says: 'It breaks.', check: async () => assert.equal(1, 2) };
const untried: Belief = { ...holding, id: 'a.untried', check: () => Promise.reject(new Untried('needs a second account')) };
const slow: Belief = { ...holding, id: 'a.slow', slow: 'takes an hour' };
const named = ['--instance-arn', 'arn:aws:sso:::instance/ssoins-1', '--account', '111122223333', '--permission-set', 'arn:aws:sso:::permissionSet/ssoins-1/ps-1', '--user', 'u-1'];

/** Runs with these options; on AWS, every call of which is answered by the local cloud. */
async function run(argv: readonly string[], tried: readonly Belief[], more: Partial<Run> = {}) {
  const place = localPlace();
  const lines: string[] = [];
  const options = readOptions(argv);
  const code = await conformance(options, { say: (line) => lines.push(line), signal: new AbortController().signal, suffix: '1a2b3c4d', connect: () => place.clients, beliefs: tried, ...more });
  return { code, lines, text: lines.join('\n'), place };
}

describe('what is believed', () => {
  it('has ids of its own, and a page of AWS that says so, or a word about why it does not', () => {
    expect(new Set(beliefs.map(({ id }) => id)).size).toBe(beliefs.length);
    for (const { source, says } of beliefs) {
      expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(#\S+)?$/);
      expect(says).toMatch(/\.$/);
    }
  });

  it('differs from what moto does only where a belief is', () => {
    const ids = beliefs.map(({ id }) => id);
    expect([...motoDifferences.keys()].filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('a run', () => {
  it('says of each belief what became of it, and ends with 1 when one is broken', async () => {
    const { code, lines } = await run([], [holding, broken, untried]);
    expect(code).toBe(1);
    expect(lines[0]).toMatch(/^held +a\.holds +It holds\. {2}\(seen\)$/);
    expect(lines[1]).toMatch(/^BROKEN +a\.breaks +It breaks\. {2}\(AssertionError.*: .*1 !== 2\) {2}https:\/\/docs\.aws\.amazon\.com\/a\.html$/);
    expect(lines[2]).toMatch(/^untried +a\.untried .*\(needs a second account\)$/);
    expect(lines[3]).toContain('1 held, 1 broken, 1 untried; everything that was made is removed');
  });

  it('ends with 0 when what is tried holds', async () => {
    expect((await run([], [holding, untried])).code).toBe(0);
  });

  it('ends with 2 when there is nothing to try', async () => {
    expect((await run(['--only', 'nothing'], [holding])).code).toBe(2);
  });

  it('tries what takes minutes in the local cloud, and on AWS with --slow alone', async () => {
    expect((await run([], [slow])).text).toMatch(/^held/);
    expect((await run(['--aws', '--yes'], [slow])).text).toMatch(/untried +a\.slow .*\(takes an hour; --slow tries it\)/);
    expect((await run(['--aws', '--yes', '--slow'], [slow])).text).toMatch(/held +a\.slow/);
  });

  it('does not begin what is left after an interruption, and removes all the same', async () => {
    const enough = new AbortController();
    const removed: string[] = [];
    const making: Belief = {
      ...holding,
      async check({ sandbox }) {
        for (const what of ['first', 'second']) sandbox.removeLater(what, async () => removed.push(what));
        enough.abort();
      },
    };
    const { text } = await run([], [making, holding], { signal: enough.signal });
    expect(text).toMatch(/^held .*\nuntried .*\(interrupted\)/);
    expect(removed).toEqual(['second', 'first']);
  });

  it('removes what a broken belief has made, and ends with 1 naming what could not be removed', async () => {
    const leaving: Belief = {
      ...holding,
      async check({ sandbox }) {
        sandbox.removeLater('a queue', () => Promise.reject(new Error('still in use')));
        sandbox.removeLater('a table', async () => undefined);
      },
    };
    const { code, text } = await run([], [leaving]);
    expect([code, text]).toEqual([1, expect.stringMatching(/NOT REMOVED {2}a queue: Error: still in use\n\n1 held, .*; 1 could not be removed$/)]);
  });
});

describe('on AWS', () => {
  it('says what it would make and change, and without --yes makes nothing and ends with 2', async () => {
    const { code, text, place } = await run(['--aws', ...named], beliefs);
    expect(code).toBe(2);
    expect(text).toContain('under names that begin with team-conformance-1a2b3c4d:');
    expect(text).toContain('in account 111122223333: arn:aws:sso:::permissionSet/ssoins-1/ps-1 is assigned to user u-1');
    expect(text).toMatch(/Nothing was made or changed\. Give --yes as well to begin\.$/);
    await expect(place.sandbox.empty()).resolves.toEqual([]);
  });

  it('begins nothing where it cannot say in which account, and ends with 2', async () => {
    const { clients } = localPlace();
    const eventBridge = new EventBridgeClient({ region: 'eu-central-1', credentials: () => Promise.reject(Object.assign(new Error('none here'), { name: 'CredentialsProviderError' })) });
    const { code, text } = await run(['--aws', '--yes'], [holding], { connect: () => ({ ...clients, eventBridge }) });
    expect([code, text]).toEqual([2, expect.stringMatching(/CredentialsProviderError: none here.*Nothing was made or changed\.$/)]);
  });

  it('does without what was not named, and says so', async () => {
    const { text } = await run(['--aws', '--yes', '--only', 'sso.create'], beliefs);
    expect(text).toMatch(/untried +sso\.create-is-asynchronous .*\(needs --instance-arn, --account, --permission-set and --user\)/);
  });

  it('spares an assignment that is there already', async () => {
    const { identityCenter } = localPlace();
    const { instanceArn, accountId, permissionSetArn, userId } = await identityCenter();
    const given = ['--instance-arn', instanceArn, '--account', accountId, '--permission-set', permissionSetArn, '--user', userId];
    const occupied = localPlace({ assigned: true });
    const { text } = await run(['--aws', '--yes', '--only', 'sso.create', ...given], beliefs, { connect: () => occupied.clients });
    expect(text).toMatch(/untried +sso\.create-is-asynchronous .*has this permission set in account \d{12} already/);
  });

  it('bounds every call in time and tries, and calls as whom the environment says', async () => {
    let asked: object | undefined;
    const connect: NonNullable<Run['connect']> = (settings) => {
      asked = settings;
      expect(new EventBridgeClient({ ...settings, region: 'eu-central-1' })).toBeDefined();
      return localPlace().clients;
    };
    await run(['--aws', '--yes'], [holding], { connect });
    expect(asked).toEqual({ maxAttempts: 5, requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true } });
  });

  it.each([
    ['both an account and an imitation', ['--aws', '--endpoint', 'http://127.0.0.1:5000']],
    ['an account that is none', ['--account', '12']],
    ['an unknown option', ['--everything']],
  ])('refuses %s', (_, argv) => {
    expect(() => readOptions(argv)).toThrow();
  });
});

test('a sandbox gives no name twice and makes what is shared once', async () => {
  const sandbox = createSandbox('1a2b3c4d');
  expect([sandbox.name('queue'), sandbox.name('queue')]).toEqual(['team-conformance-1a2b3c4d-queue', 'team-conformance-1a2b3c4d-queue-2']);
  let made = 0;
  const make = async () => (made += 1);
  await expect(Promise.all([sandbox.shared('one', make), sandbox.shared('one', make)])).resolves.toEqual([1, 1]);
});
