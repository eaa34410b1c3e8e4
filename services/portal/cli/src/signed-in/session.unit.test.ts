import { detailOf, me, readProduction } from '../../test/portal-answers.ts';
import { origin, scriptedPortal, signIn } from '../../test/scripted-portal.ts';

const { issuer } = signIn;
const over = { ...signIn, endsAt: '2026-11-30T10:00:20.000Z' };
const provider = {
  [`GET ${issuer}/.well-known/openid-configuration`]: () => ({ issuer, token_endpoint: `${issuer}/token`, revocation_endpoint: `${issuer}/revoke`, device_authorization_endpoint: `${issuer}/device` }),
  [`POST ${issuer}/token`]: () => ({ access_token: 'a-new-token', token_type: 'Bearer', expires_in: 3600, refresh_token: 'the next' }),
  [`POST ${issuer}/revoke`]: () => new Response('', { status: 200 }),
};
const drawn = '018f6b7a-0000-7000-9000-000000000001';
const asked = ['--target', 'Prod 002/ReadOnlyAccess', '--minutes', '60'];
/** A portal and an issuer at which dana asks for what is asked in these tests. */
const asking = {
  ...provider,
  'GET /v1/askable': () => ({ items: [readProduction] }),
  'POST /v1/preview': () => ({ allowed: true, targets: [] }),
  'POST /v1/requests': () => Response.json({ requestId: drawn, href: '/' }, { status: 202 }),
  [`GET /v1/requests/${drawn}`]: () => detailOf({ status: 'denied' }),
};

it('takes a new token where the last is about to end, and keeps it', async () => {
  const { team, signIns, sent } = scriptedPortal({ ...provider, 'GET /v1/me': () => me }, { kept: { ...over, refreshToken: 'once' } });
  expect((await team('whoami')).code).toBe(0);
  expect(signIns.kept).toEqual({ ...signIn, accessToken: 'a-new-token', refreshToken: 'the next', endsAt: '2026-11-30T11:00:00.000Z' });
  expect(sent.at(-1)?.headers.get('authorization')).toBe('Bearer a-new-token');
});

it('goes on waiting where the issuer is away for a moment', async () => {
  const tokens = [() => new Response('', { status: 503 }), provider[`POST ${issuer}/token`]];
  const token = () => tokens.shift()?.();
  const details = [detailOf(), detailOf(), detailOf({ status: 'denied' })];
  const look = () => (details.length > 1 ? details.shift() : details[0]);
  const answers = { ...asking, [`POST ${issuer}/token`]: token, [`GET /v1/requests/${drawn}`]: look };
  // It is to be renewed from the second pause on.
  const { team, sent } = scriptedPortal(answers, { kept: { ...signIn, endsAt: '2026-11-30T10:00:31.500Z', refreshToken: 'once' } });
  const { code, said, remarks } = await team('request', ...asked, '--wait');
  expect([code, said, remarks]).toEqual([1, ['The request is over: denied.'], expect.arrayContaining([expect.stringMatching(/does not answer as an OpenID provider.*\nTrying on …$/)])]);
  expect(sent.at(-1)?.headers.get('authorization')).toBe('Bearer a-new-token');
});

it('takes one new token for calls at the same time', async () => {
  const { team, calls, sent } = scriptedPortal({ ...asking, ...provider }, { kept: { ...over, refreshToken: 'once' } });
  await team('request', ...asked, '--target', '444455556666/ReadOnlyAccess');
  expect(calls().filter((call) => call.endsWith('/token'))).toHaveLength(1);
  expect(sent.flatMap(({ call, headers }) => (call === 'GET /v1/askable' ? [headers.get('authorization')] : []))).toEqual(['Bearer a-new-token', 'Bearer a-new-token']);
});

it('takes what another process has renewed since, and spends no refresh token', async () => {
  const details = [detailOf(), detailOf(), detailOf({ status: 'denied' })];
  const { team, signIns, sent, calls } = scriptedPortal(
    {
      ...asking,
      [`GET /v1/requests/${drawn}`]: () => {
        if (details.length === 3) signIns.kept = { ...signIn, accessToken: 'of another process', refreshToken: 'theirs' };
        return details.length > 1 ? details.shift() : details[0];
      },
    },
    { kept: { ...signIn, endsAt: '2026-11-30T10:00:31.500Z', refreshToken: 'once' } },
  );
  expect((await team('request', ...asked, '--wait')).code).toBe(1);
  expect(calls().filter((call) => call.endsWith('/token'))).toEqual([]);
  expect(sent.at(-1)?.headers.get('authorization')).toBe('Bearer of another process');
});

it('takes it also where the other came first and the refresh token is spent', async () => {
  const spent = () => {
    signIns.kept = { ...signIn, accessToken: 'of another process', refreshToken: 'theirs' };
    return Response.json({ error: 'invalid_grant' }, { status: 400 });
  };
  const { team, signIns, sent } = scriptedPortal({ ...provider, [`POST ${issuer}/token`]: spent, 'GET /v1/me': () => me }, { kept: { ...over, refreshToken: 'once' } });
  expect((await team('whoami')).code).toBe(0);
  expect(sent.at(-1)?.headers.get('authorization')).toBe('Bearer of another process');
  expect(signIns.kept?.refreshToken).toBe('theirs');
});

it('brings no sign-in back that ended meanwhile, and takes nobody else’s', async () => {
  const signedOut = scriptedPortal(
    {
      ...provider,
      [`POST ${issuer}/token`]: () => {
        signedOut.signIns.kept = undefined;
        return provider[`POST ${issuer}/token`]?.();
      },
      'GET /v1/me': () => me,
    },
    { kept: { ...over, refreshToken: 'once' } },
  );
  await signedOut.team('whoami');
  expect(signedOut.signIns.kept).toBeUndefined();

  const other = { ...signIn, id: 'of somebody else', accessToken: 'not mine' };
  const replaced = scriptedPortal(
    {
      ...asking,
      [`GET /v1/requests/${drawn}`]: () => {
        replaced.signIns.kept = other;
        return detailOf();
      },
    },
    { kept: { ...signIn, id: 'mine', endsAt: '2026-11-30T10:00:31.500Z', refreshToken: 'once' } },
  );
  expect(await replaced.team('request', ...asked, '--wait')).toMatchObject({ code: 4, remarks: expect.arrayContaining([expect.stringContaining('another took its place')]) });
  expect(replaced.sent.flatMap(({ headers }) => headers.get('authorization') ?? [])).not.toContain('Bearer not mine');
});

it('says to sign in again where there is no other token to be had', async () => {
  const { team, sent } = scriptedPortal({}, { kept: over });
  expect(await team('list')).toEqual({ code: 4, said: [], remarks: [`the sign-in ended at 2026-11-30 10:00:20Z. Sign in again with: npx team login --portal ${origin}`] });
  expect(sent).toEqual([]);
});

it('says so too where the issuer takes the refresh token no more', async () => {
  const refused = { [`POST ${issuer}/token`]: () => Response.json({ error: 'invalid_grant' }, { status: 400 }) };
  const { team } = scriptedPortal({ ...provider, ...refused }, { kept: { ...over, refreshToken: 'once' } });
  expect(await team('list')).toEqual({ code: 4, said: [], remarks: ['the sign-in is over: sign in again with `npx team login`'] });
});

it('forgets a sign-in, and tells the issuer of it', async () => {
  const { team, signIns, calls } = scriptedPortal(provider, { kept: { ...signIn, refreshToken: 'once' } });
  expect(await team('logout')).toEqual({ code: 0, said: [`Signed out of ${origin} on this machine.`], remarks: [] });
  expect(signIns.kept).toBeUndefined();
  expect(calls()).toContain(`POST ${issuer}/revoke`);
});

it('forgets it also where the issuer does not answer', async () => {
  const { team, signIns } = scriptedPortal({ [`GET ${issuer}/.well-known/openid-configuration`]: () => new Response('', { status: 500 }) }, { kept: { ...signIn, refreshToken: 'once' } });
  expect(await team('logout')).toMatchObject({ code: 0, remarks: [expect.stringMatching(/^The issuer could not be told/)] });
  expect(signIns.kept).toBeUndefined();
});

describe('signing in', () => {
  const configured = { 'GET /v1/configuration': () => ({ issuer, clientId: 'team-cli' }) };

  it.each([['http://team.acme.example', 'It must be https'], ['team.acme.example', 'It must be a URL'], ['file:///etc/passwd', 'It must be a URL']])('is for no portal at %s', async (url, words) => {
    const { team, sent } = scriptedPortal({}, { kept: null });
    expect(await team('login', '--portal', url)).toMatchObject({ code: 2, remarks: [expect.stringContaining(words), expect.any(String)] });
    expect(sent).toEqual([]);
  });

  it('is not done where a password would travel in the clear', async () => {
    const { team } = scriptedPortal({ 'GET /v1/configuration': () => ({ issuer: 'http://id.acme.example', clientId: 'team-cli' }) }, { kept: null });
    expect(await team('login', '--portal', origin)).toMatchObject({ code: 2, remarks: [expect.stringContaining('must be https')] });
  });

  it('says where the issuer has no device flow, or is none', async () => {
    const discovered = `GET ${issuer}/.well-known/openid-configuration`;
    const without = scriptedPortal({ ...configured, [discovered]: () => ({ issuer, token_endpoint: `${issuer}/token` }) }, { kept: null });
    expect(await without.team('login', '--portal', origin)).toMatchObject({ code: 1, remarks: [expect.stringContaining('knows no device flow')] });
    const other = scriptedPortal({ ...configured, [discovered]: () => ({ issuer: 'https://evil.example' }) }, { kept: null });
    expect(await other.team('login', '--portal', origin)).toMatchObject({ code: 3, remarks: [expect.stringContaining('does not answer as an OpenID provider')] });
  });

  it('prints nothing of the issuer that a terminal obeys, and no page that is none', async () => {
    const device = (verification_uri: string) => ({ [`POST ${issuer}/device`]: () => ({ device_code: 'd', user_code: 'A\u001b[31mB', verification_uri, expires_in: 600, interval: 1 }) });
    const wrong = scriptedPortal({ ...configured, ...provider, ...device('javascript:alert(1)') }, { kept: null });
    expect(await wrong.team('login', '--portal', origin)).toMatchObject({ code: 1, remarks: [expect.stringContaining('names a page to sign in on that is none')] });
    const over = { [`POST ${issuer}/token`]: () => Response.json({ error: 'expired_token' }, { status: 400 }) };
    const late = scriptedPortal({ ...configured, ...provider, ...device(`${issuer}/go`), ...over }, { kept: null });
    expect(await late.team('login', '--portal', origin)).toEqual({
      code: 4,
      said: [],
      remarks: [`Open ${issuer}/go in a browser and enter the code A�[31mB`, 'Waiting for you to sign in there …', 'nobody signed in before the code was over: try again with `npx team login`'],
    });
    expect(late.signIns.kept).toBeUndefined();
  });
});
