import { iamFor } from '../least-privilege/deployment.ts';
import { goOn } from './process-clock.ts';
import { quiet } from './quiet.ts';
import { run } from './run.ts';
import { drawOrganization, drawPolicies } from './setting.ts';

afterAll(goOn);

test('a run without faults keeps every invariant under the policies that the AWS app deploys, and no function is denied anything', async () => {
  const plan = quiet(501);
  const organization = drawOrganization(plan.world);
  const denied: string[] = [];
  let judged = 0;
  const iam = iamFor(organization, drawPolicies(organization, plan.policies).emitters, (functionName, action, allowed) => {
    judged += 1;
    if (!allowed) denied.push(`${functionName} ${action}`);
  });
  const { violations, lines } = await run(plan, {}, {}, iam);
  expect(violations).toEqual([]);
  expect(denied).toEqual([]);
  expect(judged).toBeGreaterThan(1_000);
  expect(lines.filter((line) => line.includes('AccessGranted.v1')).length).toBeGreaterThan(1);
}, 120_000);
