import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { loadOrganization } from '../identity/index.ts';
import { createWorld } from '../play/world.ts';
import { loadPolicies } from '../policies/index.ts';
import { scenes } from './scenes.ts';
import { createScript } from './script.ts';

const fixture = (path: string): string => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));

/** Plays every scene and says whether all statements hold; exit code 1 where one does not. */
export async function demo(): Promise<void> {
  const startedAt = performance.now();
  const organization = loadOrganization(fixture('organization.json'));
  const policies = loadPolicies(fixture('policies'), organization);
  // A Monday morning, always the same, so that two runs print the same.
  const world = await createWorld({ organization, policies, startAt: '2026-03-02T09:00:00.000Z', seed: 1 });
  const { script, statements } = createScript(world, (line) => console.log(line));

  console.log(`TEAM on the example organization: ${organization.Accounts.length} accounts, ${organization.Users.length} people, written here without @acme.example.

Each line is an event as the bus took it: time (UTC), source, detail-type (of version .v1), what it says.
What the audit service tells a SIEM, AuditRecorded for most of them, is left out.
A line marked ✓ states what was checked at that moment: in the answers of the AWS APIs, on the bus, or in the audit trail.
The AWS APIs are those of the local cloud, in this process; nothing is asked of AWS.
Time is virtual: hours pass in moments.`);
  for (const [title, play] of scenes) {
    console.log(`\n${title}`);
    await play(script);
  }

  const { made, failed } = statements();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const verdict = failed.length === 0 ? 'all of them hold' : `${failed.length} NOT TRUE`;
  console.log(`\n${made} statements checked, ${verdict}; ${world.events().length} events; ${seconds} s on ${cpus().length} cores.`);
  if (failed.length > 0) {
    for (const statement of failed) console.error(`not true: ${statement}`);
    process.exitCode = 1;
  }
  world.system.stop();
}
