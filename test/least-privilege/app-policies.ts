import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmitterRegistration } from '@team/contracts';
import { buildApp } from '../../infra/aws/src/app.ts';
import type { Environment } from '../../infra/aws/src/environment/schema.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import { prefix } from '../../infra/local/src/system/who.ts';
import type { DeployedPolicies } from './deployed-policies.ts';
import { policies } from '../journeys/fixture.ts';
import type { StackTemplate } from '../aws/stacks.ts';
import { policiesOf } from './policies-of.ts';

/** Stands in every name of the synthesized app where the local run has its own prefix. */
const deployment = 'tested';

/** Where people come in; what is said of them at the portal stands in `policies`. */
const portalOf = (region: string, team: string): Environment['portal'] => ({
  domain: 'team.acme.example',
  certificateArn: `arn:aws:acm:${region}:${team}:certificate/tested`,
  issuer: { url: 'https://login.acme.example', clientId: 'team-portal', clientSecretArn: `arn:aws:secretsmanager:${region}:${team}:secret:client-secret-AbCdEf`, audience: 'team' },
  access: policies.portal ?? {},
  limits: { callsPerSecond: 200, burst: 400, callsPerAddressInFiveMinutes: 20_000 },
});

/** What the AWS app deploys for an organization and its emitters, under the names of the local run. Synthesizes; bundles nothing. */
export function policiesOfApp(organization: Organization, emitters: readonly EmitterRegistration[], activity?: Environment['activity']): DeployedPolicies {
  const { DelegatedAdministratorAccountId: team, ManagementAccountId: management, Region: region, OrganizationId, InstanceArn, IdentityStoreId } = organization;
  const role = (name: string): string => `arn:aws:iam::${team}:role/${name}`;
  const outdir = mkdtempSync(path.join(tmpdir(), 'team-least-privilege-'));
  try {
    const app = buildApp(
      {
        name: deployment,
        region,
        accounts: { team, management, protected: [] },
        organizationId: OrganizationId,
        identityCenter: { instanceArn: InstanceArn, identityStoreId: IdentityStoreId },
        roles: { deploy: role('team-deployment'), breakGlass: role('team-break-glass'), operators: [role('team-operator')] },
        emitters: [...emitters],
        alarms: { emails: [] },
        quotas: { outstandingOperations: 10, callsPerSecond: 15 },
        reconciliation: { checkEveryMinutes: 15, recreateMissing: false },
        activity: activity ?? { source: 'lookup', collectAfterMinutes: [15, 360, 1_440] },
        retention: { logsDays: 365, eventsDays: 365, archiveDays: 365 },
        tracing: true,
        siem: [],
        portal: portalOf(region, team),
        tags: {},
      },
      // Whatever a function's bundle holds, its policies are the same.
      { outdir, bundleOf: () => path.join(import.meta.dirname, 'empty-bundle') },
    );
    const templates = app.synth().stacks.map(({ stackName, environment, template }): StackTemplate => {
      const text = JSON.stringify(template).replaceAll(`team-${deployment}`, prefix);
      return { name: stackName, account: environment.account, region: environment.region, template: JSON.parse(text) as unknown };
    });
    return policiesOf(templates);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
