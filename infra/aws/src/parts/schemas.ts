import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import type { Construct } from 'constructs';
import { catalog, type EventContract } from '@team/contracts';
import * as z from 'zod';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html: the registry's own way to say from where an event comes. */
interface OpenApi {
  readonly openapi: '3.0.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, never>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** A contract as the schema registry takes it. Intents name no source: whoever is registered may emit them. */
export function openApiOf({ detailType, source, summary, detail }: EventContract): OpenApi {
  const { $schema: _dialect, ...detailSchema } = z.toJSONSchema(detail, { target: 'openapi-3.0', io: 'input' });
  const text = { type: 'string' };
  const name = detailType.replace(/\W/g, '_');
  return {
    openapi: '3.0.0',
    info: { title: detailType, version: '1.0.0', description: summary },
    paths: {},
    components: {
      schemas: {
        AWSEvent: {
          type: 'object',
          required: ['detail-type', 'resources', 'detail', 'id', 'source', 'time', 'region', 'version', 'account'],
          'x-amazon-events-detail-type': detailType,
          'x-amazon-events-source': source ?? '*',
          properties: {
            detail: { $ref: `#/components/schemas/${name}` },
            account: text,
            'detail-type': text,
            id: text,
            region: text,
            resources: { type: 'array', items: text },
            source: text,
            time: { type: 'string', format: 'date-time' },
            version: text,
          },
        },
        [name]: detailSchema,
      },
    },
  };
}

/** Every contract of the catalog, in a registry of the deployment. */
export function registerSchemas(scope: Construct, registryName: string): void {
  const registry = new CfnRegistry(scope, 'schemas', { registryName, description: 'Contracts of the events on the bus' });
  for (const contract of catalog) {
    const { source, detailType } = contract;
    new CfnSchema(scope, `schema-${detailType}`, {
      registryName,
      schemaName: `${source ?? 'intent'}@${detailType}`,
      type: 'OpenApi3',
      description: contract.summary.slice(0, 256),
      content: JSON.stringify(openApiOf(contract)),
    }).addResourceDependency(registry);
  }
}
