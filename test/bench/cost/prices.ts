/** A public price. */
export interface Price {
  /** USD for one. */
  readonly usd: number;
  /** Where AWS says so. */
  readonly page: string;
}

/**
 * Public prices of us-east-1, without free tiers, written down from memory of the pages named: check them before you rely on a figure.
 * https://aws.amazon.com/pricing/
 */
export const pricesAsOf = '2026-09, not checked against the pages since';

const million = 1e6;
export const prices = {
  eventBridgeEvent: { usd: 1 / million, page: 'https://aws.amazon.com/eventbridge/pricing/' },
  lambdaInvocation: { usd: 0.2 / million, page: 'https://aws.amazon.com/lambda/pricing/' },
  lambdaArmGbSecond: { usd: 0.0000133334, page: 'https://aws.amazon.com/lambda/pricing/' },
  lambdaX86GbSecond: { usd: 0.0000166667, page: 'https://aws.amazon.com/lambda/pricing/' },
  sqsStandardRequest: { usd: 0.4 / million, page: 'https://aws.amazon.com/sqs/pricing/' },
  sqsFifoRequest: { usd: 0.5 / million, page: 'https://aws.amazon.com/sqs/pricing/' },
  dynamoWriteUnit: { usd: 0.625 / million, page: 'https://aws.amazon.com/dynamodb/pricing/on-demand/' },
  dynamoReadUnit: { usd: 0.125 / million, page: 'https://aws.amazon.com/dynamodb/pricing/on-demand/' },
  kmsEccRequest: { usd: 0.15 / 10_000, page: 'https://aws.amazon.com/kms/pricing/' },
  kmsSymmetricRequest: { usd: 0.03 / 10_000, page: 'https://aws.amazon.com/kms/pricing/' },
  kmsKeyMonth: { usd: 1, page: 'https://aws.amazon.com/kms/pricing/' },
  cloudWatchAlarmMonth: { usd: 0.1, page: 'https://aws.amazon.com/cloudwatch/pricing/' },
  cloudWatchDashboardMonth: { usd: 3, page: 'https://aws.amazon.com/cloudwatch/pricing/' },
  logsGigabyte: { usd: 0.5, page: 'https://aws.amazon.com/cloudwatch/pricing/' },
  xrayTrace: { usd: 5 / million, page: 'https://aws.amazon.com/xray/pricing/' },
  stateTransition: { usd: 0.025 / 1_000, page: 'https://aws.amazon.com/step-functions/pricing/' },
  appSyncOperation: { usd: 4 / million, page: 'https://aws.amazon.com/appsync/pricing/' },
} as const satisfies Readonly<Record<string, Price>>;
export type Priced = keyof typeof prices;

/** How often each priced thing happens. */
export type Counts = Partial<Record<Priced, number>>;

/** What counts cost (USD). */
export function costOf(counts: Counts): number {
  return Object.entries(counts).reduce((sum, [what, count]) => sum + count * prices[what as Priced].usd, 0);
}
