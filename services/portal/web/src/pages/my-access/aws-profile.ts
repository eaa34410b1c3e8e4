import type { RequestRow } from '../../../../api/src/contract/index.ts';

/**
 * A profile of `~/.aws/config` for one account and permission set. Names become words without blanks or line ends, so that
 * nobody's account name adds a line to the file; the account's number keeps apart what names alone would not ("Web shop", "web-shop").
 * Nothing where the account is not known yet.
 *
 * @example awsProfile({ accountId: '111122223333', accountName: 'Web shop', permissionSetName: 'ReadOnly' })?.name === 'web-shop-readonly-111122223333'
 */
export function awsProfile({ accountId, accountName, permissionSetName }: RequestRow['targets'][number]): { name: string; lines: string } | undefined {
  if (accountId === undefined || !/^[\w+=,.@-]+$/.test(permissionSetName)) return undefined;
  const name = `${accountName}-${permissionSetName}-${accountId}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return {
    name,
    lines: [`[profile ${name}]`, 'sso_session = my-sso', `sso_account_id = ${accountId}`, `sso_role_name = ${permissionSetName}`].join('\n'),
  };
}
