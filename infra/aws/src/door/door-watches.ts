import type { Names } from '../names.ts';
import { metric, type Watch } from '../parts/alarms.ts';

/** Name of the stage of the API. */
export const stageName = 'portal';
/** Name of the API, and of the firewall before it. */
export const doorName = ({ prefix }: Names): string => `${prefix}-portal`;

/** Days before the certificate's end that somebody is told. Certificate Manager renews by itself weeks earlier, where it may. */
const daysLeft = 21;

/** What the way in from the internet is measured by. */
export const doorMetrics = (names: Names) => {
  const ofApi = { ApiName: doorName(names), Stage: stageName };
  return {
    calls: metric('AWS/ApiGateway', 'Count', ofApi, 'Sum'),
    failed: metric('AWS/ApiGateway', '5XXError', ofApi, 'Sum'),
    latency: metric('AWS/ApiGateway', 'Latency', ofApi, 'p99'),
    blocked: metric('AWS/WAFV2', 'BlockedRequests', { WebACL: doorName(names), Rule: 'ALL', Region: names.region }, 'Sum'),
  };
};

/** What is watched of it; nothing where there is none. */
export function watchesOfDoor(names: Names): Watch[] {
  const { certificateArn } = names;
  if (certificateArn === undefined) return [];
  const { failed, latency, blocked } = doorMetrics(names);
  return [
    { name: 'door-failing', means: 'Calls of people are answered by errors: a function of the portal, or what it asks, is down. See its logs, the access log and docs/operations.md', metric: failed, threshold: 5, minutes: 3 },
    { name: 'door-slow', means: 'Of a hundred calls of people one takes longer than ten seconds. See docs/operations.md', metric: latency, threshold: 10_000, minutes: 5 },
    { name: 'door-refusing', means: 'The firewall refuses more than a hundred calls a minute: an attack, or people whom it takes for one. See docs/operations.md', metric: blocked, threshold: 100, minutes: 5 },
    {
      name: 'door-certificate',
      means: `The certificate of the portal's domain ends in less than ${daysLeft} days, or Certificate Manager does not say when: nobody comes in once it has. See docs/operations.md`,
      // By the day; no more is measured once it has ended. https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html,
      // https://docs.aws.amazon.com/cdk/api/latest/python/aws_cdk.aws_certificatemanager/ICertificate.html (metric_days_to_expiry)
      metric: metric('AWS/CertificateManager', 'DaysToExpiry', { CertificateArn: certificateArn }, 'Minimum', 24 * 60),
      threshold: daysLeft,
      minutes: 24 * 60,
      mustGoOn: true,
    },
  ];
}
