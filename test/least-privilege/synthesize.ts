/** Reads `{ organization, emitters, activity? }` as JSON and prints what the AWS app deploys for them: `synthesizedPolicies`. */
import { readFileSync } from 'node:fs';
import type { EmitterRegistration } from '@team/contracts';
import type { Environment } from '../../infra/aws/src/environment/schema.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import { policiesOfApp } from './app-policies.ts';

const { organization, emitters, activity } = JSON.parse(readFileSync(0, 'utf8')) as { organization: Organization; emitters: EmitterRegistration[]; activity?: Environment['activity'] };
console.log(JSON.stringify(policiesOfApp(organization, emitters, activity)));
