import type { JsonObject } from '../cloud/json.ts';
import { onNothing, textIn, type Need, type ServiceReference } from './authorization.ts';

const instance = (input: JsonObject): Need => ({ resource: textIn(input, 'InstanceArn') });
const permissionSet = (input: JsonObject): Need => ({ resource: textIn(input, 'PermissionSetArn') });
const account = (member: string) => (input: JsonObject): Need => ({ resource: `arn:aws:sso:::account/${textIn(input, member)}` });
/** Every resource that the reference marks as required is judged by itself. */
const on = (...resources: ((input: JsonObject) => Need)[]) => (input: JsonObject): Need[] => resources.map((resource) => resource(input));

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenter.html */
export const identityCenter: ServiceReference = {
  prefix: 'sso',
  owner: 'caller',
  actions: {
    ListInstances: onNothing,
    DescribeInstance: on(instance),
    ListPermissionSets: on(instance),
    DescribePermissionSet: on(instance, permissionSet),
    // The reference requires neither of both, and does not say which is judged: what the call names is.
    ListTagsForResource: (input) => [...('InstanceArn' in input ? [instance(input)] : []), { resource: textIn(input, 'ResourceArn') }],
    ListPermissionSetsProvisionedToAccount: on(instance, account('AccountId')),
    ListAccountsForProvisionedPermissionSet: on(instance, permissionSet),
    CreateAccountAssignment: on(instance, permissionSet, account('TargetId')),
    DeleteAccountAssignment: on(instance, permissionSet, account('TargetId')),
    DescribeAccountAssignmentCreationStatus: on(instance),
    DescribeAccountAssignmentDeletionStatus: on(instance),
    ListAccountAssignmentCreationStatus: on(instance),
    ListAccountAssignmentDeletionStatus: on(instance),
    ListAccountAssignments: on(instance, permissionSet, account('AccountId')),
    ListAccountAssignmentsForPrincipal: on(instance),
  },
};
