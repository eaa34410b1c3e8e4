import { KMSClient } from '@aws-sdk/client-kms';
import { accessScheduledV1, approvalExpiredV1, type ApprovalExpiredV1 } from '@team/contracts';
import { createLogger, uuidv7Source, type AggregateDefinition, type Platform, type ServiceManifest } from '@team/runtime';
import type { SQSEvent } from 'aws-lambda';
import { createKms } from '../../infra/local/src/identity/index.ts';
import { cloudForTests } from '../../infra/local/src/cloud/testing/cloud-for-tests.ts';
import { lambdaContext } from '../../infra/local/src/lambda/index.ts';
import { AwsError, type RoutedCall, type RouterOptions } from '../../infra/local/src/cloud/index.ts';
import { provision } from '../../infra/local/src/system/provision.ts';
import { clientsOf } from '../../infra/local/src/system/clients.ts';

/** A counter that publishes each step, as small as an aggregate can be. */
export interface Counter {
  readonly requestId: string;
  readonly count: number;
  readonly dueAt?: number;
}
export type CounterCommand = { readonly type: 'step'; readonly requestId: string; readonly dueAt?: number } | { readonly type: 'due' };
export type CounterEvent =
  | { readonly type: 'ApprovalExpired.v1'; readonly data: ApprovalExpiredV1 }
  | { readonly type: 'Stepped'; readonly data: { readonly requestId: string; readonly dueAt?: number } };

export const counter: AggregateDefinition<Counter, CounterCommand, CounterEvent> = {
  decide(state, command, now) {
    if (command.type === 'due') {
      if (state?.dueAt === undefined || state.dueAt > now) return [];
      return [{ type: 'ApprovalExpired.v1', data: { requestId: state.requestId, deadlineAt: new Date(now).toISOString() } }];
    }
    const { requestId, dueAt } = command;
    const step: CounterEvent = { type: 'Stepped', data: { requestId, ...(dueAt === undefined ? {} : { dueAt }) } };
    if (dueAt !== undefined) return [step];
    return [step, { type: 'ApprovalExpired.v1', data: { requestId, deadlineAt: new Date(now).toISOString() } }];
  },
  evolve(state, event) {
    if (event.type === 'Stepped') return { ...event.data, count: (state?.count ?? 0) + 1 };
    const { requestId, count } = state ?? { requestId: event.data.requestId, count: 0 };
    return { requestId, count };
  },
  dueAt: ({ dueAt }) => dueAt,
};

export const manifest = {
  name: 'bench',
  source: 'team.approval',
  publishes: [approvalExpiredV1],
  tables: { aggregates: { holds: 'aggregates' }, once: { holds: 'records' } },
  queues: { inbox: { consumes: [accessScheduledV1], maxReceives: 3 }, timers: { maxReceives: 3 } },
  functions: {},
} as const satisfies ServiceManifest;

export const ownAccount = '111122223333';

/** The context of an invocation that has half a minute. */
export const context = lambdaContext({
  functionName: 'bench',
  requestId: 'r',
  accountId: ownAccount,
  region: 'eu-central-1',
  deadlineMs: 30_000,
  clock: { now: () => 0 },
});

export const requestId = '018f0000-0000-7000-8000-000000000001';

/** A platform on a fresh local cloud in virtual time. `intercept` stands around every AWS call. */
export async function benchPlatform(intercept?: NonNullable<RouterOptions['intercept']>) {
  const faults: { live?: RouterOptions['intercept'] } = {};
  const cloud = cloudForTests({ intercept: (call, next) => (faults.live === undefined ? next() : faults.live(call, next)) });
  const clients = clientsOf(cloud.router, 'tester', 'eu-central-1', 1);
  await provision([manifest], clients, ownAccount, 'eu-central-1');
  if (intercept !== undefined) faults.live = intercept;
  const url = (name: string): string => `http://localhost/${ownAccount}/${name}`;
  const queue = (name: string) => ({ url: url(`team-bench-${name}`), deadLetterUrl: url(`team-bench-${name}-dlq`) });
  const clock = (): number => cloud.timeline.now();
  const platform: Platform = {
    clients,
    clock,
    newId: uuidv7Source(clock),
    logger: createLogger('bench', 'SILENT'),
    config: {
      busName: 'team',
      ownAccount,
      tables: { aggregates: 'team-bench-aggregates', once: 'team-bench-once' },
      queues: { inbox: queue('inbox'), timers: queue('timers') },
      keys: { acceptance: 'alias/a', proof: 'alias/p', checkpoint: 'alias/c' },
      emitters: [],
    },
  };
  return { ...cloud, clients, platform, published: () => cloud.bus.archived('team').map(({ event }) => event) };
}

/** A KMS of its own with one key that `signer` may sign with, and one that it may not. */
export function benchKms() {
  const cloud = cloudForTests();
  const { store, timeline, random } = cloud;
  const kms = createKms({
    store,
    timeline,
    random,
    region: 'eu-central-1',
    accountId: ownAccount,
    keys: ['alias/own', 'alias/other'],
  });
  const authorize = ({ action, input, caller }: RoutedCall): void => {
    const mayNot = action === 'Sign' && (caller.name === 'signer') !== (input['KeyId'] === 'alias/own');
    if (mayNot) throw new AwsError('AccessDeniedException', `${caller.name} is not authorized to sign with this key`);
  };
  const withKms = cloudForTests({ standIns: [kms], authorize });
  return (caller: string) => new KMSClient(withKms.configFor(caller));
}

/** Messages with these bodies, as SQS hands them to a function. */
export function batch(...bodies: string[]): SQSEvent {
  return {
    Records: bodies.map((body, i) => ({
      messageId: `m${i}`,
      receiptHandle: `h${i}`,
      body,
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn',
      awsRegion: 'eu-central-1',
    })),
  };
}
