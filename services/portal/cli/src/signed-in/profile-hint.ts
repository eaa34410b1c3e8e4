import type { GrantDetail } from '../../../api/src/contract/index.ts';
import { awsProfile } from '../../../web/src/pages/my-access/aws-profile.ts';

/**
 * How access is used with the AWS CLI: what to add to `~/.aws/config`, once for each account and permission set. Nobody but the person knows
 * how they named their session with IAM Identity Center (https://docs.aws.amazon.com/cli/latest/userguide/sso-configure-profile-token.html).
 */
export function profileHint(grants: readonly Pick<GrantDetail, 'accountId' | 'accountName' | 'permissionSetName'>[]): string[] {
  const profiles = grants.flatMap((grant) => awsProfile(grant) ?? []);
  const [first] = profiles;
  if (first === undefined) return [];
  return [
    'To use it, have in ~/.aws/config (sso_session is the name of your own [sso-session …]):',
    ...profiles.flatMap(({ lines }) => ['', ...lines.split('\n').map((line) => `  ${line}`)]),
    '',
    `and then: aws sso login --profile ${first.name}`,
  ];
}
