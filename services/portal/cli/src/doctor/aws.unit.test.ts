import { healthy } from '../../test/healthy-deployment.ts';
import { scriptedCloud, ServiceError, type Script } from '../../test/scripted-cloud.ts';
import { evenPace } from './calls.ts';
import type { Finding } from './finding.ts';

const given = { AWS_ACCESS_KEY_ID: 'looker', AWS_SECRET_ACCESS_KEY: 'any', AWS_REGION: 'eu-west-1' };
const before = { ...process.env };
beforeEach(() => void Object.assign(process.env, given));
afterEach(() => {
  for (const name of Object.keys(given)) delete process.env[name];
  Object.assign(process.env, before);
});

const at = (offsetMs: number): string => new Date(Date.now() + offsetMs).toUTCString();

async function doctorOnAws(script: Script, offsetMs = 0) {
  const cloud = scriptedCloud({ ...healthy, ...script }, at(offsetMs));
  return { ...cloud, ...(await cloud.team('doctor', '--aws', '--json')) };
}

describe('on AWS', () => {
  it('asks as whom the environment says', async () => {
    const { calls, code } = await doctorOnAws({});
    expect(code).toBe(0);
    expect(new Set(calls.map(({ caller }) => caller))).toEqual(new Set(['looker']));
  });

  it.each([
    ['runs with AWS’s', 0, 'ok', /clock is \d s/],
    ['is noticeably behind', 100_000, 'warning', /^this machine's clock is \d+ s behind AWS's$/],
    ['is noticeably ahead', -100_000, 'warning', /^this machine's clock is \d+ s ahead of AWS's$/],
    ['is so far off that AWS refuses signatures', 600_000, 'problem', /behind/],
  ])('says of a clock that %s', async (_, offsetMs, result, words) => {
    const { said } = await doctorOnAws({}, offsetMs);
    const { findings } = JSON.parse(said.join('\n')) as { findings: Finding[] };
    expect(findings.find(({ check }) => check === 'clock')).toMatchObject({ result, found: expect.stringMatching(words) });
  });

  it.each(['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidClientTokenId'])('ends with 1 and one sentence where AWS answers %s', async (name) => {
    const { code, said, remarks } = await doctorOnAws({ ListInstances: () => new ServiceError(name, 'who?', 403) });
    expect([code, said]).toEqual([1, []]);
    expect(remarks).toEqual([expect.stringContaining(`does not take these credentials (${name}: who?)`)]);
  });

  it('ends with 3 where AWS is not reached, and says in which Region it looked', async () => {
    const { code, remarks } = await doctorOnAws({ GetCallerIdentity: () => Object.assign(new Error('connect'), { code: 'ENOTFOUND' }) });
    expect([code, remarks]).toEqual([3, [expect.stringMatching(/^AWS in eu-west-1 was not reached/)]]);
  });

  it('looks in the Region that --region says, before that of the environment', async () => {
    const cloud = scriptedCloud({ ...healthy, GetCallerIdentity: () => Object.assign(new Error('connect'), { code: 'ENOTFOUND' }) });
    const { remarks } = await cloud.team('--region', 'us-east-2', 'doctor', '--aws');
    expect(remarks).toEqual([expect.stringMatching(/^AWS in us-east-2 was not reached/)]);
  });
});

test('an even pace lets one call begin at once and each further one an interval later', async () => {
  let now = 1_000;
  const pauses: number[] = [];
  const pace = evenPace(5, () => now, async (ms) => {
    pauses.push(ms);
    now += ms;
  });
  await pace();
  await pace();
  await pace();
  expect(pauses).toEqual([200, 200]);
  now += 10_000;
  await pace();
  expect(pauses).toHaveLength(2);
});
