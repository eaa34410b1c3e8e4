import { SecretValue } from 'aws-cdk-lib';
import { CfnApiDestination, CfnConnection } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { SinkOf } from '../environment/siem.ts';
import type { SinkNames } from './sink-names.ts';

/**
 * An HTTPS endpoint that EventBridge calls. CloudFormation reads the secret while it deploys, and EventBridge keeps what it read in a secret of
 * its own: the template has neither. Another value comes with another deployment.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-events-apidestination.html
 */
export function destinationOf(scope: Construct, names: SinkNames, { endpoint, headerName, secretArn, callsPerSecond }: SinkOf<'api-destination'>): CfnApiDestination {
  const connection = new CfnConnection(scope, 'connection', {
    name: names.base,
    description: 'How TEAM presents itself to a SIEM',
    authorizationType: 'API_KEY',
    authParameters: { apiKeyAuthParameters: { apiKeyName: headerName, apiKeyValue: SecretValue.secretsManager(secretArn, { jsonField: 'apiKey' }).unsafeUnwrap() } },
  });
  return new CfnApiDestination(scope, 'destination', {
    name: names.base,
    description: 'A SIEM',
    connectionArn: connection.attrArn,
    httpMethod: 'POST',
    invocationEndpoint: endpoint,
    invocationRateLimitPerSecond: callsPerSecond,
  });
}
