import { proofIn } from './proven-by.ts';

const present = 1_800_000_000;
const options = { now: () => present * 1_000 };
const claims = { sub: 'u-1', preferred_username: 'ana', iat: present };

it('says who signed in, and when they proved it', () => {
  expect(proofIn({ ...claims, auth_time: present - 300 }, options)).toEqual({ userName: 'ana', authTime: present - 300 });
});

it('takes nothing for proven lately where the provider does not say when, however new its token is', () => {
  expect(proofIn(claims, options)).toEqual({ userName: 'ana', authTime: 0 });
});

it('refuses a token that names nobody', () => {
  expect(() => proofIn({ sub: 'u-1' }, options)).toThrow(expect.objectContaining({ code: 'ERR_NO_PERSON' }));
});

describe('where the issuer writes its own name before those of people', () => {
  const ofCognito = { ...options, userNameClaims: ['cognito:username'], userNamePrefix: 'IdentityCenter_' };

  it('takes the name without it', () => {
    expect(proofIn({ sub: 'u-1', 'cognito:username': 'IdentityCenter_Ana_B', preferred_username: 'root', auth_time: present }, ofCognito).userName).toBe('Ana_B');
  });

  it.each(['ana', 'identitycenter_ana', 'IdentityCenter_', 'Other_ana'])('takes %s, which is none of that issuer’s, for nobody', (name) => {
    expect(() => proofIn({ sub: 'u-1', 'cognito:username': name }, ofCognito)).toThrow(expect.objectContaining({ code: 'ERR_NO_PERSON', message: expect.stringContaining('cognito:username that begins with IdentityCenter_') as unknown }));
  });
});
