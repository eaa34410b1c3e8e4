import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Policy } from '../src/guards/document.ts';
import { example } from './templates.ts';

/** A call of somebody in TEAM's account. */
export interface Call {
  /** ARN of the role that calls. */
  readonly by: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

/** Keys and roles ask for a word of their own policy: this one leaves it to the policies of whoever calls, as those of a bootstrap and of our keys do. */
const leftToTheAccount = (action: string): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${example.accounts.team}:root` }, Action: action, ...(action.startsWith('kms:') ? { Resource: '*' } : {}) }] });
const everythingAllowed = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

const usualResourcePolicy = (action: string): object | undefined => (/^kms:.*(?<!Alias)$|^sts:/.test(action) ? leftToTheAccount(action) : undefined);

interface Policies {
  readonly control?: readonly Policy[];
  readonly identity?: readonly object[];
  /** Of what is called; the account's word for keys and roles unless another is given. */
  readonly resourcePolicy?: object | undefined;
}

/**
 * What comes of a call: of an administrator (`identity` left out) under service control policies, or of somebody with these identity policies.
 * Rejects where the call cannot be judged, so that a mistake in it is not taken for a denial.
 */
export async function evaluate({ by, action, resource, context = {} }: Call, { control = [], identity = [everythingAllowed], resourcePolicy = usualResourcePolicy(action) }: Policies = {}): Promise<'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied'> {
  const result = await runSimulation(
    {
      request: { principal: by, action, resource: { resource, accountId: example.accounts.team }, contextVariables: { 'aws:PrincipalArn': by, 'aws:RequestedRegion': example.region, ...context } },
      identityPolicies: identity.map((policy, i) => ({ name: `identity-${i}`, policy })),
      serviceControlPolicies: [{ orgIdentifier: 'account', policies: [everythingAllowed, ...control].map((policy, i) => ({ name: `control-${i}`, policy })) }],
      resourceControlPolicies: [],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  // A key that the simulator leaves out because AWS's list has it not for this action would make every condition on it vain.
  const ignored = result.resultType === 'single' ? (result.result.ignoredContextKeys ?? []) : [];
  const vain = Object.keys(context).filter((key) => ignored.some((one) => one.toLowerCase() === key.toLowerCase()));
  if (vain.length > 0) throw new Error(`${action} has no ${vain.join(', ')}`);
  return result.overallResult;
}
