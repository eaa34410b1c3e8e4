/**
 * `npm run bench:policies`: how long a decision about eligibility takes among many policies in a large organization, and how long it takes to
 * load them. The facts of a request are there already: what AWS takes to answer is not ours.
 */
import { cpus, loadavg } from 'node:os';
import { Command } from 'commander';
import type { EligibilityPolicy } from '@team/contracts';
import { fixedClock } from '@team/testing';
import { accountId as ownAccount, cloudForTests, region } from '../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { seededRandom } from '../../infra/local/src/cloud/index.ts';
import { makeOrganization, type Organization } from '../../infra/local/src/identity/index.ts';
import { clientsOf } from '../../infra/local/src/system/clients.ts';
import { provision } from '../../infra/local/src/system/provision.ts';
import { manifest } from '../../services/request/src/manifest.ts';
import { policyTable, replacePolicies } from '../../services/request/src/adapters/policy-table.ts';
import type { Ask } from '../../services/request/src/domain/ask.ts';
import { judgeEligibility } from '../../services/request/src/domain/eligibility.ts';
import type { KnownPerson } from '../../services/request/src/domain/people.ts';
import { indexOf } from '../../services/request/src/domain/policy-index.ts';
import { resourceNames } from '@team/runtime';
import { manyPolicies } from './many-policies.ts';
import { wholeNumber } from '../whole-number.ts';
import { quantile } from './figures.ts';

const barDecisionMs = 5;
const barLoadMs = 1_000;

const { policies: howMany, decisions, seed } = new Command('npm run bench:policies --')
  .description('How long a decision about eligibility takes, and loading the policies.')
  .option('--policies <n>', 'eligibility policies', wholeNumber(1), 1_000)
  .option('--decisions <n>', 'decisions to time', wholeNumber(100), 20_000)
  .option('--seed <s>', 'the same seed makes the same organization and policies', wholeNumber(0), 7)
  .allowExcessArguments(false)
  .parse()
  .opts<{ policies: number; decisions: number; seed: number }>();

const random = seededRandom(seed);
const organization = makeOrganization({ seed, accounts: 600, users: 3_000, groups: 200, permissionSets: 80 });
const { limits, eligibility } = manyPolicies(organization, howMany, random);
const table = resourceNames.table('team', 'request', 'policies');
const { router } = cloudForTests();
const clients = clientsOf(router, 'bench', region, 1);
await provision([manifest], clients, ownAccount, region);
await replacePolicies(clients.documents, table, { eligibility, bundles: [], approvers: [], limits });

const loads = await repeated(7, async () => {
  const begun = performance.now();
  const loaded = await policyTable(clients.documents, table, fixedClock()).load();
  indexOf(loaded.eligibility);
  return performance.now() - begun;
});
const loaded = await policyTable(clients.documents, table, fixedClock()).load();
const asks = Array.from({ length: decisions }, () => question(organization));
for (const { person, ask } of asks.slice(0, 500)) judgeEligibility(person, ask, loaded.eligibility, loaded.limits);
let allowed = 0;
const times = asks.map(({ person, ask }) => {
  const begun = performance.now();
  const answer = judgeEligibility(person, ask, loaded.eligibility, loaded.limits);
  const took = performance.now() - begun;
  if ('policy' in answer) allowed += 1;
  return took;
});

const p99 = quantile(times, 0.99);
const load = quantile(loads, 0.5);
console.log(`${organization.Accounts.length} accounts, ${organization.Users.length} users, ${organization.OrganizationalUnits.length} units, ${organization.PermissionSets.length} permission sets, ${eligibility.length} policies, seed ${seed}`);
console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
console.log(`decide, warm, ${decisions} times (${allowed} allowed): p50 ${quantile(times, 0.5).toFixed(3)} ms, p99 ${p99.toFixed(3)} ms, most ${Math.max(...times).toFixed(3)} ms; bar: p99 under ${barDecisionMs} ms: ${p99 < barDecisionMs ? 'held' : 'NOT HELD'}`);
console.log(`load from the table and index, median of ${loads.length}: ${load.toFixed(0)} ms; bar: under ${barLoadMs} ms: ${load < barLoadMs ? 'held' : 'NOT HELD'}`);
if (allowed < decisions / 100) throw new Error('hardly anything is allowed: this measures refusals alone');
if (p99 >= barDecisionMs || load >= barLoadMs) process.exitCode = 1;

async function repeated<Value>(times: number, measure: () => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let i = 0; i < times; i += 1) values.push(await measure());
  return values;
}

/** Somebody who asks for something, mostly in one of the accounts and sets that a policy of one of their groups names. */
function question({ Users, Accounts, GroupMemberships, OrganizationalUnits, PermissionSets, RootId }: Organization): { readonly person: KnownPerson; readonly ask: Ask } {
  const pick = <Value>(all: readonly Value[]): Value => all[Math.floor(random.next() * all.length)] as Value;
  const user = pick(Users);
  const groupIds = new Set(GroupMemberships.filter(({ MemberId }) => MemberId.UserId === user.UserId).map(({ GroupId }) => GroupId));
  const own: readonly EligibilityPolicy[] = eligibility.filter(({ principals }) => principals.groupIds.some((id) => groupIds.has(id)));
  const policy = own.length === 0 || random.next() < 0.3 ? pick(eligibility) : pick(own);
  const account = pick(Accounts);
  const ouPath = [RootId, ...pathOf(account.ParentId, OrganizationalUnits)];
  const at = Date.parse('2026-03-02T09:00:00Z');
  return {
    person: { userId: user.UserId, userName: user.UserName, enabled: true, groupIds },
    ask: {
      accountId: account.Id,
      ouPath,
      accountTags: {},
      permissionSetArn: random.next() < 0.7 ? pick(policy.permissionSetArns) : pick(PermissionSets).PermissionSetArn,
      permissionSetTags: {},
      askedAt: at,
      startsAt: at,
      durationMinutes: 60,
      ticketId: 'INC0000001',
      justification: 'look at the queue',
      breakGlass: false,
    },
  };
}

function pathOf(unitId: string, units: Organization['OrganizationalUnits']): string[] {
  const unit = units.find(({ Id }) => Id === unitId);
  return unit === undefined ? [] : [...pathOf(unit.ParentId, units), unit.Id];
}
