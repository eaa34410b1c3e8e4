import type { JsonObject } from '../cloud/json.ts';
import { onNothing, textIn, type Ground, type Need, type ServiceReference } from './authorization.ts';

/** Accounts are named by twelve digits, units by `ou-…`, the root by `r-…`. */
const onNamed = (member: string) => (input: JsonObject, { organization }: Ground): Need[] => {
  const id = textIn(input, member);
  const kind = id.startsWith('ou-') ? 'ou' : id.startsWith('r-') ? 'root' : 'account';
  return [{ resource: `arn:aws:organizations::${organization.ManagementAccountId}:${kind}/${organization.OrganizationId}/${id}` }];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html */
export const organizations: ServiceReference = {
  prefix: 'organizations',
  owner: 'caller',
  actions: {
    DescribeOrganization: onNothing,
    ListRoots: onNothing,
    ListAccounts: onNothing,
    ListAccountsForParent: onNamed('ParentId'),
    DescribeAccount: onNamed('AccountId'),
    ListOrganizationalUnitsForParent: onNamed('ParentId'),
    DescribeOrganizationalUnit: onNamed('OrganizationalUnitId'),
    ListParents: onNamed('ChildId'),
    ListChildren: onNamed('ParentId'),
    ListTagsForResource: onNamed('ResourceId'),
  },
};
