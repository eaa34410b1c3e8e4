import { deny, deployersOf, unless } from './deny.ts';
import { maximumServiceControlPolicy, policyOf, within, type Deployment, type Policy } from './document.ts';

/**
 * Service control policy for a deployment that delivers to a SIEM: nobody but who deploys and break glass turns away what goes there, nor changes
 * what lies in its buckets, into which the streams' own roles put it. Rules, queues and alarms are closed by the policy on what is deployed.
 */
export function siemPolicy(deployment: Deployment): Policy {
  const { environment: { accounts }, names } = deployment;
  const begin = `${names.prefix}-siem-*`;
  return within(
    maximumServiceControlPolicy,
    'the policy on the SIEM',
    policyOf(
      deny(
        'Siem',
        [
          'events:CreateApiDestination', 'events:CreateConnection', 'events:DeauthorizeConnection', 'events:DeleteApiDestination', 'events:DeleteConnection', 'events:UpdateApiDestination', 'events:UpdateConnection',
          'firehose:Create*', 'firehose:Delete*', 'firehose:Start*', 'firehose:Stop*', 'firehose:Update*',
          'logs:AssociateKmsKey', 'logs:Delete*', 'logs:DisassociateKmsKey', 'logs:PutRetentionPolicy',
          's3:Delete*', 's3:Put*', 's3:Replicate*',
        ],
        [
          names.arn('events', `api-destination/${begin}`),
          names.arn('events', `connection/${begin}`),
          names.arn('firehose', `deliverystream/${begin}`),
          names.arn('logs', `log-group:/aws/kinesisfirehose/${begin}`),
          `arn:aws:s3:::${begin}`,
        ],
        unless([...deployersOf(deployment), `arn:aws:iam::${accounts.team}:role/${begin}-delivery`]),
      ),
    ),
  );
}
