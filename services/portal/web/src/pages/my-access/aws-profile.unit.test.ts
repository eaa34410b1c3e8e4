import { awsProfile } from './aws-profile.ts';

describe('a profile for the AWS command line', () => {
  it('names the account and the permission set', () => {
    expect(awsProfile({ accountId: '111122223333', accountName: 'Web shop', permissionSetName: 'ReadOnly' })).toEqual({
      name: 'web-shop-readonly-111122223333',
      lines: '[profile web-shop-readonly-111122223333]\nsso_session = my-sso\nsso_account_id = 111122223333\nsso_role_name = ReadOnly',
    });
  });

  it('is another for each account, however alike their names are', () => {
    const alike = [['111122223333', 'Web shop'], ['444455556666', 'web-shop'], ['777788889999', 'Web  Shop']] as const;
    const names = alike.map(([accountId, accountName]) => awsProfile({ accountId, accountName, permissionSetName: 'ReadOnly' })?.name);
    expect(new Set(names).size).toBe(3);
  });

  it('lets no name add a line to the file', () => {
    expect(awsProfile({ accountId: '111122223333', accountName: 'x]\ncredential_process = evil', permissionSetName: 'ReadOnly' })?.lines.split('\n')).toHaveLength(4);
    expect(awsProfile({ accountId: '111122223333', accountName: 'x', permissionSetName: 'a\nb = c' })).toBeUndefined();
  });
});
