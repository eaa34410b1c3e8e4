import type { Random } from '../../infra/local/src/cloud/random.ts';
import type { Timeline } from '../../infra/local/src/cloud/timeline.ts';
import type { SystemOptions } from '../../infra/local/src/system/options.ts';

type Intercept = NonNullable<SystemOptions['intercept']>;
type RoutedCall = Parameters<Intercept>[0];

/** How long a call to each service takes there and back (ms), drawn evenly. AWS states none: these are ours. */
export const callLatencies: Readonly<Record<string, { readonly name: string; readonly fromMs: number; readonly toMs: number }>> = {
  DynamoDB_20120810: { name: 'DynamoDB', fromMs: 3, toMs: 10 },
  AmazonSQS: { name: 'SQS', fromMs: 5, toMs: 20 },
  AWSEvents: { name: 'EventBridge', fromMs: 10, toMs: 40 },
  TrentService: { name: 'KMS', fromMs: 10, toMs: 30 },
  SWBExternalService: { name: 'SSO Admin', fromMs: 50, toMs: 200 },
  AWSIdentityStore: { name: 'Identity Store', fromMs: 50, toMs: 200 },
  AWSOrganizationsV20161128: { name: 'Organizations', fromMs: 50, toMs: 200 },
};
const unlisted = { fromMs: 50, toMs: 200 };

/** Told of each call when it has reached AWS, with AWS's answer or error. */
export type OnCall = (call: RoutedCall, outcome: { readonly output?: Readonly<Record<string, unknown>>; readonly error?: unknown }) => void;

/** Every call takes its time on the timeline, half of it on the way there; while there is no timeline, none. */
export function withLatency(timelineNow: () => Timeline | undefined, random: Random, onCall: OnCall): Intercept {
  const wait = async (ms: number): Promise<void> => {
    const timeline = timelineNow();
    if (timeline !== undefined) await new Promise<void>((resolve) => void timeline.at(timeline.now() + ms, resolve));
  };
  return async (call, next) => {
    const { fromMs, toMs } = callLatencies[call.target] ?? unlisted;
    const wayMs = (fromMs + random.next() * (toMs - fromMs)) / 2;
    await wait(wayMs);
    try {
      const output = await next();
      onCall(call, { output });
      return output;
    } catch (error) {
      onCall(call, { error });
      throw error;
    } finally {
      await wait(wayMs);
    }
  };
}
