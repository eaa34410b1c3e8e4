import { isSessionOf, type Scope, type SessionIdentity } from './session.ts';

const scope: Scope = { grantId: 'g', accountId: '111122223333', permissionSetName: 'Admin', userName: 'Dana.Jansen@acme.example', from: '2026-03-02T09:00:00Z', to: '2026-03-02T11:00:00Z' };
const identity: SessionIdentity = { accountId: '111122223333', roleName: 'AWSReservedSSO_Admin_0123456789abcdef', principalId: 'AROAEXAMPLE:dana.jansen@acme.example' };

it('a session is this person’s through this permission set, whatever the case of the name', () => {
  expect(isSessionOf(scope, identity)).toBe(true);
});

it.each<[string, Partial<SessionIdentity>]>([
  ['another person’s', { principalId: 'AROAEXAMPLE:bo.haddad@acme.example' }],
  ['one of somebody whose name only ends the same', { principalId: 'AROAEXAMPLE:x-dana.jansen@acme.example' }],
  ['of a set whose name begins the same', { roleName: 'AWSReservedSSO_Admin_Extra_0123456789abcdef' }],
  ['of a set whose name this one begins', { roleName: 'AWSReservedSSO_AdminX_0123456789abcdef' }],
  ['of a role that somebody named alike', { roleName: 'AWSReservedSSO_Admin_mine' }],
  ['of another account', { accountId: '444455556666' }],
  ['of another kind of role', { roleName: 'Admin' }],
])('a session is not it where it is %s', (_, more) => {
  expect(isSessionOf(scope, { ...identity, ...more })).toBe(false);
});
