/** An IAM policy as AWS takes it. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: Values;
  readonly NotAction?: Values;
  readonly Resource?: Values;
  readonly NotResource?: Values;
  readonly Principal?: '*' | Readonly<Record<string, Values>>;
  readonly NotPrincipal?: Readonly<Record<string, Values>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

type Values = string | readonly string[];

/** Every policy that a deployment sets up, by whom or what it is attached to. */
export interface DeployedPolicies {
  /** Role (ARN) of each function, by the function's physical name. */
  readonly functionRoles: Readonly<Record<string, string>>;
  /** What is attached to each role, by its ARN. */
  readonly roles: Readonly<Record<string, readonly PolicyDocument[]>>;
  /** Resource policies of buses, queues, tables and keys, by ARN. */
  readonly resources: Readonly<Record<string, PolicyDocument>>;
  /** ARN of each key by the ARN of its alias. */
  readonly keys: Readonly<Record<string, string>>;
  /** ARN of the key that a bus, queue or table is encrypted with, where it is one of ours. */
  readonly encryption: Readonly<Record<string, string>>;
  readonly triggers: readonly Trigger[];
}

/** What AWS does by itself, and as whom: a mapping reads a queue as the function's role, a rule puts messages into one as EventBridge. */
export type Trigger =
  | { readonly kind: 'mapping'; readonly roleArn: string; readonly queueArn: string }
  | { readonly kind: 'rule'; readonly ruleArn: string; readonly queueArn: string };

/** The same, with `change` made to what is attached to one role. */
export function withRole(deployed: DeployedPolicies, roleArn: string, change: (policies: readonly PolicyDocument[]) => readonly PolicyDocument[]): DeployedPolicies {
  return { ...deployed, roles: { ...deployed.roles, [roleArn]: change(deployed.roles[roleArn] ?? []) } };
}

/** Policies that do not allow this action any more. Throws where no statement names it: it could not be taken away. */
export function without(action: string, policies: readonly PolicyDocument[]): PolicyDocument[] {
  let found = false;
  const kept = policies.map((policy) => ({
    ...policy,
    Statement: policy.Statement.flatMap((statement) => {
      const actions = [statement.Action ?? []].flat();
      if (statement.Effect !== 'Allow' || !actions.includes(action)) return [statement];
      found = true;
      const others = actions.filter((one) => one !== action);
      return others.length === 0 ? [] : [{ ...statement, Action: others }];
    }),
  }));
  if (!found) throw new Error(`no statement allows ${action} by its name`);
  return kept;
}
