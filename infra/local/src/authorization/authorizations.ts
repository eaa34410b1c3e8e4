import { AwsError } from '../cloud/aws-error.ts';
import type { Caller } from '../cloud/stand-in.ts';
import type { RoutedCall } from '../cloud/wire/router.ts';
import type { Authorization, Context, Ground, ServiceReference } from './authorization.ts';
import { athena, cloudTrail } from './trail.ts';
import { dynamoDb } from './dynamodb.ts';
import { events } from './events.ts';
import { identityCenter } from './identity-center.ts';
import { identityStore } from './identity-store.ts';
import { kms } from './kms.ts';
import { lambda } from './lambda.ts';
import { organizations } from './organizations.ts';
import { s3 } from './s3.ts';
import { sqs } from './sqs.ts';

/** By the stand-in's target. */
export const serviceReferences: Readonly<Record<string, ServiceReference>> = {
  DynamoDB_20120810: dynamoDb,
  AmazonSQS: sqs,
  AWSEvents: events,
  SWBExternalService: identityCenter,
  AWSIdentityStore: identityStore,
  AWSOrganizationsV20161128: organizations,
  TrentService: kms,
  CloudTrail_20131101: cloudTrail,
  AmazonAthena: athena,
  S3: s3,
  AWSLambda: lambda,
};

/**
 * What AWS would ask IAM about a call before it does anything. Throws `AccessDeniedException` for a call of which that is not known,
 * `ValidationException` and `NotFoundException` for one that names nothing that could be asked about.
 *
 * @example
 * authorizationsOf(call, ground); // [{ action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:…:table/team-audit-heads', … }]
 */
export function authorizationsOf(call: RoutedCall, ground: Ground): Authorization[] {
  const service = serviceReferences[call.target];
  const needs = service !== undefined && Object.hasOwn(service.actions, call.action) ? service.actions[call.action]?.(call.input, ground) : undefined;
  if (service === undefined || needs === undefined || needs.length === 0) {
    throw new AwsError('AccessDeniedException', `It is not known which authorizations AWS asks for ${call.target}.${call.action}: add them to infra/local/src/authorization.`);
  }
  const owner = service.owner === 'caller' ? call.caller.accountId : ground.organization.DelegatedAdministratorAccountId;
  const always = globalKeys(call.caller, owner, ground);
  return needs.map(({ action = call.action, resource = '*', context }) => ({
    action: `${service.prefix}:${action}`,
    resource,
    owner,
    context: context === undefined ? always : { ...always, ...context },
  }));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, for a role that calls over TLS. */
function globalKeys({ roleArn, accountId }: Caller, owner: string, { organization }: Ground): Context {
  const belongs = (account: string): boolean => organization.Accounts.some(({ Id }) => Id === account);
  return {
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    'aws:SecureTransport': 'true',
    'aws:ResourceAccount': owner,
    ...(belongs(accountId) && { 'aws:PrincipalOrgID': organization.OrganizationId }),
    ...(belongs(owner) && { 'aws:ResourceOrgID': organization.OrganizationId }),
  };
}
