import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { indexesOf, resourceNames, timeToLiveOf, type ServiceManifest, type TableManifest } from '@team/runtime';
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
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(timeToLiveAttribute === undefined ? {} : { timeToLiveAttribute }),
    resourcePolicy: new PolicyDocument({ statements: [denyOthers('NobodyElse', itemActions, roleArns, [arn, `${arn}/index/*`])] }),
  });
  for (const [indexName, { partition, sort }] of Object.entries(indexesOf(definition))) {
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partition.name, type: type[partition.type] },
      sortKey: { name: sort.name, type: type[sort.type] },
      projectionType: ProjectionType.ALL,
    });
  }
  return table;
}
