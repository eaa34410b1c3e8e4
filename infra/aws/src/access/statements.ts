import { AnyPrincipal, ArnPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

export type Conditions = Record<string, Record<string, string | string[]>>;

/** Lets the principal whose policy it is do this. */
export function allow(sid: string, actions: readonly string[], resources: readonly string[], conditions: Conditions = {}): PolicyStatement {
  return new PolicyStatement({ sid, actions: [...actions], resources: [...resources], conditions });
}

/** Whom a resource policy speaks of: principals of TEAM's account by their roles' ARNs, which need not exist yet. */
export const onlyRoles = (roleArns: readonly string[]): Conditions => ({ ArnEquals: { 'aws:PrincipalArn': [...roleArns] } });

/** Everybody but these roles and the services of AWS, which say themselves on whose behalf they call. */
const othersThan = (roleArns: readonly string[]): Conditions => ({
  ArnNotEquals: { 'aws:PrincipalArn': [...roleArns] },
  Bool: { 'aws:PrincipalIsAWSService': 'false' },
});

/** Denies these actions to everybody but the roles. Holds whatever identity policies somebody adds. */
export function denyOthers(sid: string, actions: readonly string[], roleArns: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: [...resources],
    conditions: othersThan(roleArns),
  });
}

/** Lets principals of the account do what their own policies and `conditions` allow. */
export function allowAccount(sid: string, accountArn: string, actions: readonly string[], resources: readonly string[], conditions: Conditions = {}): PolicyStatement {
  return new PolicyStatement({ sid, principals: [new ArnPrincipal(accountArn)], actions: [...actions], resources: [...resources], conditions });
}

export function allowService(sid: string, service: string, actions: readonly string[], resources: readonly string[], conditions: Conditions): PolicyStatement {
  return new PolicyStatement({ sid, principals: [new ServicePrincipal(service)], actions: [...actions], resources: [...resources], conditions });
}
