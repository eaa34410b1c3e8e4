import type { AwsError } from '../../infra/local/src/cloud/aws-error.ts';
import { monday, typesOf } from '../journeys/worlds.ts';
import { approvedLife, audited, broken, deadLetters, endsOf, hostileWorld, inProduction, outcomesOf, throttled, unpublished } from './hostile-world.ts';

const minuteMs = 60_000;
const services = /^team\.(request|approval|expiry|provisioning)$/;

it.each<[string, string, AwsError]>([
  ['DynamoDB throttles', 'DynamoDB_20120810', throttled('ProvisionedThroughputExceededException')],
  ['KMS fails', 'TrentService', broken()],
  ['the identity store throttles', 'AWSIdentityStore', throttled()],
  ['EventBridge fails', 'AWSEvents', broken()],
])('an approval given while %s counts when that is over, twenty minutes later', async (_what, target, error) => {
  let until = 0;
  const world = await hostileWorld((call, { now }) => (call.target === target && now() < until ? error : 'pass'));
  const requestId = await approvedLife(world, { durationMinutes: 2 }, () => {
    until = world.now() + 20 * minuteMs;
  });
  await world.until('AccessGranted.v1', requestId, 30);
  await world.until('AccessEnded.v1', requestId);
  expect([outcomesOf(world, requestId), deadLetters(world)]).toEqual([['AccessApproved.v1'], []]);
});

it.each<[string, string]>([
  ['DynamoDB', 'DynamoDB_20120810'],
  ['SQS', 'AmazonSQS'],
  ['EventBridge', 'AWSEvents'],
  ['SSO Admin', 'SWBExternalService'],
])('access is taken away soon after %s answers again, and nothing is lost', async (_what, target) => {
  let until = 0;
  const world = await hostileWorld((call, { now }) => (call.target === target && now() < until ? broken() : 'pass'));
  const requestId = await approvedLife(world, { durationMinutes: 2 });
  await world.until('AccessGranted.v1', requestId);
  await world.pass(1);
  until = world.now() + 20 * minuteMs;
  await world.pass(20 + 4);
  expect([await inProduction(world), Object.values(endsOf(world, requestId))]).toEqual([[], [['deleted']]]);
  if (target === 'SWBExternalService') expect(typesOf(world.events(requestId))).toContain('AccessOverdue');
  expect([deadLetters(world), await unpublished(world), await audited(world)]).toEqual([[], [], { problems: [], missing: 0 }]);
});

it('publishes again what PutEvents refused inside an answer that says 200', async () => {
  const refused: string[] = [];
  const world = await monday({
    more: {
      intercept: async (call, next) => {
        const { Entries } = call.input;
        if (call.action !== 'PutEvents' || !services.test(call.caller.name) || !Array.isArray(Entries)) return next();
        // Each fact is refused the first time that it is put.
        const names = Entries.map((entry) => JSON.stringify(entry));
        if (names.every((name) => refused.includes(name))) return next();
        refused.push(...names);
        return { FailedEntryCount: names.length, Entries: names.map(() => ({ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' })) };
      },
    },
  });
  const requestId = await approvedLife(world, { durationMinutes: 2 });
  await world.until('AccessEnded.v1', requestId);
  await world.pass(3);
  expect(refused.length).toBeGreaterThan(8);
  const ids = world.events(requestId).map(({ detail }) => detail.metadata['eventId']);
  expect(new Set(ids).size).toBe(ids.length);
  expect([await inProduction(world), await unpublished(world), await audited(world)]).toEqual([[], [], { problems: [], missing: 0 }]);
});
