import * as z from 'zod';

const resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
const template = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() })).default({}),
});
export type Resource = z.infer<typeof resource>;

/** A synthesized stack, and where it is deployed. */
export interface StackTemplate {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: unknown;
}

/** A stack whose values can be read as CloudFormation would give them. */
export interface Stack {
  readonly resources: Readonly<Record<string, Resource>>;
  /** A value with everything in it resolved. Throws for an intrinsic function, a pseudo parameter or a type that it does not know, by name. */
  resolve(value: unknown): unknown;
  /** The ARN of a resource of this stack. */
  arnOf(logicalId: string): string;
}

/** How types of resources are named, by the property that names them. */
const arns: Readonly<Record<string, { readonly name: string; readonly arn: (name: string, other: (property: string) => unknown) => string }>> = {
  'AWS::IAM::Role': { name: 'RoleName', arn: (name) => `iam::$account:role/${name}` },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName', arn: (name) => `iam::$account:policy/${name}` },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: (name) => `lambda:$region:$account:function:${name}` },
  'AWS::DynamoDB::Table': { name: 'TableName', arn: (name) => `dynamodb:$region:$account:table/${name}` },
  'AWS::DynamoDB::GlobalTable': { name: 'TableName', arn: (name) => `dynamodb:$region:$account:table/${name}` },
  'AWS::SQS::Queue': { name: 'QueueName', arn: (name) => `sqs:$region:$account:${name}` },
  'AWS::S3::Bucket': { name: 'BucketName', arn: (name) => `s3:::${name}` },
  'AWS::SNS::Topic': { name: 'TopicName', arn: (name) => `sns:$region:$account:${name}` },
  'AWS::Events::EventBus': { name: 'Name', arn: (name) => `events:$region:$account:event-bus/${name}` },
  'AWS::Events::Rule': { name: 'Name', arn: (name, other) => `events:$region:$account:rule/${other('EventBusName') === undefined ? '' : `${String(other('EventBusName'))}/`}${name}` },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', arn: (name) => `logs:$region:$account:log-group:${name}:*` },
};

/** Stacks of one deployment, which may import each other's outputs. */
export function stacksOf(templates: readonly StackTemplate[]): Stack[] {
  const exported = new Map<unknown, () => unknown>();
  return templates.map((one) => {
    const stack = stackOf(one, (name) => {
      const value = exported.get(name);
      if (value === undefined) throw new Error(`${one.name} imports ${String(name)}, which no stack exports`);
      return value();
    });
    for (const { Value, Export } of Object.values(template.parse(one.template).Outputs)) {
      if (Export !== undefined) exported.set(stack.resolve(Export.Name), () => stack.resolve(Value));
    }
    return stack;
  });
}

function stackOf({ name: stackName, account, region, template: given }: StackTemplate, imported: (name: unknown) => unknown): Stack {
  const { Resources } = template.parse(given);
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
  };
  const find = (id: string): Resource => {
    const found = Resources[id];
    if (found === undefined) throw new Error(`${stackName} refers to ${id}, which is no resource of it`);
    return found;
  };
  const nameOf = (id: string): string => {
    const { Type, Properties } = find(id);
    const kind = arns[Type];
    if (kind === undefined) throw new Error(`${stackName} refers to ${id}: what a reference to ${Type} gives is not known`);
    const name = resolve(Properties[kind.name]);
    if (typeof name !== 'string') throw new Error(`${stackName}: ${id} has no ${kind.name}; physical names are fixed`);
    return name;
  };
  const arnOf = (id: string): string => {
    const { Type, Properties } = find(id);
    const rest = Type === 'AWS::KMS::Key' ? `kms:$region:$account:key/${stackName}.${id}` : arns[Type]?.arn(nameOf(id), (property) => resolve(Properties[property]));
    if (rest === undefined) throw new Error(`${stackName} asks for the ARN of ${id}: how ${Type} is named is not known`);
    return `arn:aws:${rest.replace('$region', region).replace('$account', account)}`;
  };
  const reference = (id: string): string => pseudo[id] ?? (find(id).Type === 'AWS::KMS::Key' ? `${stackName}.${id}` : nameOf(id));
  const attribute = (id: string, name: string): string => {
    if (name === 'Arn' || name === 'TopicArn') return arnOf(id);
    throw new Error(`${stackName} asks for ${id}.${name}, which is not known`);
  };

  const functions: Readonly<Record<string, (argument: unknown) => unknown>> = {
    Ref: (id) => reference(String(id)),
    'Fn::GetAtt': (argument) => {
      const [id = '', name = ''] = typeof argument === 'string' ? argument.split('.') : z.array(z.string()).parse(argument);
      return attribute(id, name);
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(argument);
      return parts.map((part) => z.string().parse(resolve(part))).join(separator);
    },
    'Fn::Sub': (argument) => {
      const [text, variables] = typeof argument === 'string' ? [argument, {}] : z.tuple([z.string(), z.record(z.string(), z.unknown())]).parse(argument);
      return text.replace(/\$\{([^!}][^}]*)\}/g, (_all, name: string) => {
        if (Object.hasOwn(variables, name)) return z.string().parse(resolve(variables[name]));
        const [id = '', attributeName] = name.split('.');
        return attributeName === undefined ? reference(id) : attribute(id, attributeName);
      });
    },
    'Fn::ImportValue': (name) => imported(resolve(name)),
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (first !== undefined && entries.length === 1 && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
      if (first[0] === 'Ref' && first[1] === 'AWS::NoValue') return undefined;
      const run = functions[first[0]];
      if (run === undefined) throw new Error(`${stackName} uses ${first[0]}, which is not known here`);
      return run(first[1]);
    }
    return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item)]).filter(([, item]) => item !== undefined));
  }

  return { resources: Resources, resolve, arnOf };
}
