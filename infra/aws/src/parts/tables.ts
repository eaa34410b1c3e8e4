import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { indexesOf, projectionOf, resourceNames, timeToLiveOf, type ServiceManifest, type IndexManifest, type TableManifest } from '@team/runtime';
import { denyOthers } from '../access/statements.ts';
import type { Names } from '../names.ts';

const type = { S: AttributeType.STRING, N: AttributeType.NUMBER } as const;

/** Everything that reads or writes items. */
const itemActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLSelect',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
];

/** A table of a service: kept when the stack goes, with point-in-time recovery, and closed to everybody but the service's own roles. */
export function makeTable(scope: Construct, manifest: ServiceManifest, name: string, definition: TableManifest, names: Names, key: IKey, roleArns: readonly string[]): Table {
  const arn = names.tableArn(manifest.name, name);
  const timeToLiveAttribute = timeToLiveOf(definition);
  const table = new Table(scope, `${name}-table`, {
    tableName: resourceNames.table(names.prefix, manifest.name, name),
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    ...(definition.sortedBy === undefined ? {} : { sortKey: { name: definition.sortedBy, type: AttributeType.STRING } }),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(timeToLiveAttribute === undefined ? {} : { timeToLiveAttribute }),
    resourcePolicy: new PolicyDocument({ statements: [denyOthers('NobodyElse', itemActions, roleArns, [arn, `${arn}/index/*`])] }),
  });
  for (const [indexName, index] of Object.entries(indexesOf(definition))) {
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: index.partition.name, type: type[index.partition.type] },
      sortKey: { name: index.sort.name, type: type[index.sort.type] },
      ...projected(index),
    });
  }
  return table;
}

function projected(index: IndexManifest): { projectionType: ProjectionType; nonKeyAttributes?: string[] } {
  const projection = projectionOf(index);
  const projectionType = ProjectionType[projection.ProjectionType];
  return 'NonKeyAttributes' in projection ? { projectionType, nonKeyAttributes: projection.NonKeyAttributes } : { projectionType };
}
