import { awsProfile } from './aws-profile.ts';

describe('a profile for the AWS command line', () => {
  it('names the account and the permission set', () => {
    expect(awsProfile({ accountId: '111122223333', accountName: 'Web shop', permissionSetName: 'ReadOnly' })).toEqual({
      name: 'web-shop-readonly',
      lines: '[profile web-shop-readonly]\nsso_session = my-sso\nsso_account_id = 111122223333\nsso_role_name = ReadOnly',
    });
  });

  it('lets no name add a line to the file', () => {
    expect(awsProfile({ accountId: '111122223333', accountName: 'x]\ncredential_process = evil', permissionSetName: 'ReadOnly' })?.lines.split('\n')).toHaveLength(4);
    expect(awsProfile({ accountId: '111122223333', accountName: 'x', permissionSetName: 'a\nb = c' })).toBeUndefined();
  });
});
