import { fileURLToPath } from 'node:url';
import type { EmitterRegistration } from '@team/contracts';
import { loadOrganization } from '../../infra/local/src/identity/index.ts';
import { loadPolicies } from '../../infra/local/src/policies/index.ts';

const fixture = (path: string): string => fileURLToPath(new URL(`../../infra/local/fixtures/${path}`, import.meta.url));

export const organization = loadOrganization(fixture('organization.json'));
export const policies = loadPolicies(fixture('policies'), organization);
export const accountId = organization.DelegatedAdministratorAccountId;
export const region = organization.Region;

/** A channel that signs people in and signs what they decide. */
export const channel = {
  name: 'front-door',
  roleArn: `arn:aws:iam::${accountId}:role/front-door`,
  source: 'acme.front-door',
  detailTypes: ['AccessRequested.v1', 'ApprovalDecisionSubmitted.v1', 'AccessRevocationRequested.v1'],
  mayAskFor: 'everyone',
  mayDecide: { keyId: `arn:aws:kms:${region}:${accountId}:key/11111111-2222-4333-8444-555555555555` },
} as const satisfies EmitterRegistration;
export const emitters: readonly EmitterRegistration[] = [...policies.emitters, { ...channel, detailTypes: [...channel.detailTypes] }];

/** The deployment's file, as `infra/aws/environments` holds one for each. */
export const environment = {
  name: 'here',
  region,
  accounts: { team: accountId, management: organization.ManagementAccountId, protected: policies.limits.protectedAccountIds },
  organizationId: organization.OrganizationId,
  identityCenter: { instanceArn: organization.InstanceArn, identityStoreId: organization.IdentityStoreId },
  roles: { deploy: `arn:aws:iam::${accountId}:role/team-deploy`, breakGlass: `arn:aws:iam::${accountId}:role/team-break-glass` },
  emitters,
  alarms: { emails: ['team-alarms@example.com'] },
  portal: {
    domain: 'team.example.com',
    certificateArn: `arn:aws:acm:${region}:${accountId}:certificate/11111111-2222-4333-8444-555555555555`,
    // Its place in the functions' environment is taken by one on this machine.
    issuer: { url: 'https://id.example', clientId: 'team-portal', clientSecretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:team-client-AbCdEf`, audience: 'team', jwksUri: 'https://id.example/jwks' },
  },
};
export const prefix = `team-${environment.name}`;
