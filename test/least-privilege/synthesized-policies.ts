import path from 'node:path';
import type { EmitterRegistration } from '@team/contracts';
import type { Environment } from '../../infra/aws/src/environment/schema.ts';
import { oncePerRun } from '../../infra/aws/test/once-per-run.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import type { DeployedPolicies } from './deployed-policies.ts';

const synthesizing = path.join(import.meta.dirname, 'synthesize.ts');

/** What `policiesOfApp` says. */
export function synthesizedPolicies(organization: Organization, emitters: readonly EmitterRegistration[], activity?: Environment['activity']): DeployedPolicies {
  return oncePerRun(synthesizing, { organization, emitters, activity }) as DeployedPolicies;
}
