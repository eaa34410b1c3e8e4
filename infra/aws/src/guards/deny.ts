import type { Conditions, Deployment, PolicyStatement } from './document.ts';
import { bootstrapOf } from './bootstrap.ts';

/** Everybody but these. Roles need not exist yet: they are compared by name when a call is made. */
export const unless = (roleArns: readonly string[]): Conditions => ({ ArnNotLike: { 'aws:PrincipalArn': roleArns } });

export const deny = (Sid: string, Action: readonly string[], Resource: readonly string[], Condition?: Conditions): PolicyStatement => ({
  Sid,
  Effect: 'Deny',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

/** Who may change a deployment: who deploys, the bootstrap's roles through which that goes, and who acts when all else fails. */
export function deployersOf(deployment: Deployment): string[] {
  const { deploy, breakGlass } = deployment.environment.roles;
  const { executionRoleArn, deployRoleArn, publishingRoleArn } = bootstrapOf(deployment);
  return [deploy, breakGlass, executionRoleArn, deployRoleArn, publishingRoleArn];
}
