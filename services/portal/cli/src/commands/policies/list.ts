import { exportPolicies, type Policies } from '@team/policies';
import type { Context } from '../../context.ts';
import type { ExitCode } from '../../failure.ts';
import type { PolicyKind } from '../../../../api/src/contract/index.ts';
import { readNames } from '../../policies/files.ts';
import { readStanding } from '../../policies/standing.ts';
import { sayPolicies, sayPolicy, type PolicyForm, type ToldPolicy } from '../../print/policy-lines.ts';

/** `team policies list` */
export const list = async (context: Context, json: true | undefined): Promise<ExitCode> => sayPolicies(context, await inForce(context), json);

/** `team policies show` */
export const show = async (context: Context, name: string, form: PolicyForm): Promise<ExitCode> => sayPolicy(context, await inForce(context), name, form);

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
