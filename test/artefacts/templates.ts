import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

/** A resource of a template, its references to others resolved. */
export interface Resource {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) })) });
const reference = z.union([z.strictObject({ Ref: z.string() }), z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })]);

/** How a resource's ARN ends, by its type: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const arnTails: Readonly<Record<string, readonly [service: string, kind: string, nameProperty: string]>> = {
  'AWS::SQS::Queue': ['sqs', '', 'QueueName'],
  'AWS::Lambda::Function': ['lambda', 'function:', 'FunctionName'],
  'AWS::Events::EventBus': ['events', 'event-bus/', 'Name'],
};

/** All resources of the templates in a folder. A reference to one that has no name here stays as it is written. */
export function readTemplates(folder: string, region: string, accountId: string): Resource[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .flatMap((file) => {
      const { Resources } = template.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
      const resolved = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(resolved);
        if (typeof value !== 'object' || value === null) return value;
        const refers = reference.safeParse(value);
        if (refers.success) return nameOf(refers.data) ?? value;
        return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one)]));
      };
      const nameOf = (refers: z.infer<typeof reference>): string | undefined => {
        const [id, attribute] = 'Ref' in refers ? [refers.Ref, undefined] : refers['Fn::GetAtt'];
        const { Type = '', Properties = {} } = Resources[id] ?? {};
        const [service, kind, nameProperty] = arnTails[Type] ?? [];
        if (nameProperty === undefined) return undefined;
        const name = String(Properties[nameProperty]);
        return attribute === undefined ? name : `arn:aws:${service}:${region}:${accountId}:${kind}${name}`;
      };
      return Object.values(Resources).map(({ Type, Properties }) => ({ type: Type, properties: Object.fromEntries(Object.entries(Properties).map(([key, one]) => [key, resolved(one)])) }));
    });
}

/** The properties of every resource of a type that has one of this name, as a schema reads them. */
export function resourcesOf<T>(resources: readonly Resource[], type: string, having: string, schema: z.ZodType<T>): T[] {
  return resources.filter((resource) => resource.type === type && having in resource.properties).map(({ properties }) => schema.parse(properties));
}
