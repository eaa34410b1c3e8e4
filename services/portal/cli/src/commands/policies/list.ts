import { exportPolicies, type Policies } from '@team/policies';
import { Option, type Command } from 'commander';
import type { Context } from '../../context.ts';
import type { PerformEitherWay } from '../../either-way.ts';
import { policyKinds, type PolicyKind } from '../../../../api/src/contract/index.ts';
import { readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { sayPolicies, sayPolicy, type ToldPolicy } from '../../print/policy-lines.ts';
import { policiesAtPortal } from '../../signed-in/policies/in-force.ts';

interface ShowOptions {
  readonly kind?: PolicyKind;
  readonly json?: true;
}

/** `team policies list` and `team policies show`. */
export function listCommands(policies: Command, perform: PerformEitherWay): void {
  policies
    .command('list')
    .description('the policies in force, by kind and name')
    .option('--json', 'all of them as one JSON document')
    .action(({ json }: ShowOptions, command: Command) =>
      perform(command, { atPortal: async (context) => sayPolicies(context, await policiesAtPortal(context), json), atLocalRun: async (context) => sayPolicies(context, await inForce(context), json) }),
    );
  policies
    .command('show')
    .description('one policy in force, as it is written in files')
    .argument('<name>', 'of the policy; limits for the limits')
    .addOption(new Option('--kind <kind>', 'where policies of several kinds have that name').choices(policyKinds))
    .option('--json', 'as one JSON document')
    .action((name: string, options: ShowOptions, command: Command) =>
      perform(command, { atPortal: async (context) => sayPolicy(context, await policiesAtPortal(context), name, options), atLocalRun: async (context) => sayPolicy(context, await inForce(context), name, options) }),
    );
}

/** What the services have, each as a document with names. */
async function inForce({ connection }: Context): Promise<readonly ToldPolicy[]> {
  const [{ names }, { eligibility, approvers, bundles, limits, versionOf }] = [await readNames(connection), await readStanding(connection)];
  const told = (kind: PolicyKind, id: string, policy: object, one: Partial<Policies>): ToldPolicy => {
    const { files } = exportPolicies({ eligibility: [], approvers: [], bundles: [], emitters: [], ...one }, names);
    return { kind, id, version: versionOf(kind, id), text: [...files.values()].join(''), policy };
  };
  return [
    ...eligibility.map((policy) => told('EligibilityPolicy', policy.policyId, policy, { eligibility: [policy] })),
    ...approvers.map((policy) => told('ApproverPolicy', policy.policyId, policy, { approvers: [policy] })),
    ...(limits === undefined ? [] : [told('Limits', 'limits', limits, { limits })]),
    ...bundles.map((bundle) => told('Bundle', bundle.bundleId, bundle, { bundles: [bundle] })),
  ];
}
