import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EmitterRegistration } from '@team/contracts';
import type { Environment } from '../../infra/aws/src/environment/schema.ts';
import type { Organization } from '../../infra/local/src/identity/index.ts';
import type { DeployedPolicies } from './deployed-policies.ts';

const synthesizing = path.join(import.meta.dirname, 'synthesize.ts');
/** What the other process may print; policies take some 130 KB. */
const maxBuffer = 16 * 2 ** 20;

/**
 * What `policiesOfApp` says, which takes seconds and much memory: so in a process of its own, and once for a whole run of the tests, which
 * has a folder for such things in `TEAM_TEST_FOLDER`.
 */
export function synthesizedPolicies(organization: Organization, emitters: readonly EmitterRegistration[], activity?: Environment['activity']): DeployedPolicies {
  const input = JSON.stringify({ organization, emitters, activity });
  const folder = process.env['TEAM_TEST_FOLDER'];
  if (folder === undefined) return read(synthesize(input));
  const file = path.join(folder, `policies-${createHash('sha256').update(input).digest('hex').slice(0, 16)}.json`);
  if (existsSync(file)) return read(readFileSync(file, 'utf8'));
  const text = synthesize(input);
  // Whole or not at all: others may look for it now.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
  return read(text);
}

const read = (text: string): DeployedPolicies => JSON.parse(text) as DeployedPolicies;

// What CDK thinks of the templates is tested elsewhere.
const synthesize = (input: string): string =>
  execFileSync(process.execPath, [synthesizing], { input, encoding: 'utf8', maxBuffer, env: { ...process.env, CDK_VALIDATION: 'false' } });
