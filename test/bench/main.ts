import { cpus, loadavg } from 'node:os';
import { accessScheduledV1, approvalExpiredV1, type AccessScheduledV1, type ApprovalExpiredV1 } from '@team/contracts';
import { createServiceKit, route, type AggregateDefinition } from '@team/runtime';
import { buildEvent, exampleOf } from '@team/testing';
import type { SQSEvent } from 'aws-lambda';
import { Command } from 'commander';
import { benchPlatform, context, manifest } from '../runtime/bench-service.ts';

/** Median time from a message in hand to its decision published, one event at a time (ms). */
const barMs = 5;
const warmUp = 200;
const measured = 1_000;

/** The smallest aggregate that does all of it: one event in, one conditional write, one event out. */
type Seen = { readonly requestId: string };
type Published = { readonly type: 'ApprovalExpired.v1'; readonly data: ApprovalExpiredV1 };
const echo: AggregateDefinition<Seen, AccessScheduledV1, Published> = {
  decide: (state, { requestId, window }) => (state === undefined ? [{ type: approvalExpiredV1.detailType, data: { requestId, deadlineAt: window.openBy } } as Published] : []),
  evolve: (_state, { data }) => ({ requestId: data.requestId }),
};

new Command('npm run bench --')
  .description('One event after another through consume, decide, commit and publish, in-process.')
  .allowExcessArguments(false)
  .parse();

const { platform } = await benchPlatform();
const kit = createServiceKit(manifest, platform);
const aggregate = kit.aggregate('aggregates', echo);
const handler = kit.events('inbox', [
  route(accessScheduledV1, async ({ data, cause }) => void (await aggregate.execute(`request#${data.requestId}`, data, cause))),
]);

const message = (n: number): SQSEvent => {
  const requestId = `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const body = JSON.stringify(buildEvent(accessScheduledV1, { ...exampleOf(accessScheduledV1), requestId }));
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 's', ApproximateFirstReceiveTimestamp: '0' };
  const rest = { messageAttributes: {}, md5OfBody: '', eventSource: 'aws:sqs', eventSourceARN: 'arn', awsRegion: 'eu-central-1' };
  return { Records: [{ messageId: `m${n}`, receiptHandle: 'h', body, attributes, ...rest }] };
};

const times: number[] = [];
for (let n = 0; n < warmUp + measured; n += 1) {
  const event = message(n);
  const startedAt = performance.now();
  const { batchItemFailures } = await handler(event, context);
  const took = performance.now() - startedAt;
  if (batchItemFailures.length > 0) throw new Error('the message was not handled');
  if (n >= warmUp) times.push(took);
}
times.sort((a, b) => a - b);
const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(2);
const median = Number(at(0.5));

console.log(`consume → decide → commit → publish, one event, in-process (${measured} events after ${warmUp} to warm up)`);
console.log(`machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
console.log(`median ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms; bar: median under ${barMs} ms: ${median < barMs ? 'held' : 'NOT HELD'}`);
if (median >= barMs) process.exitCode = 1;
