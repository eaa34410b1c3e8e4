import {
  DeleteRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  StartReplayCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { queueArn, withBus } from '../testing/bus-for-tests.ts';
import { accountId, region } from '../testing/cloud-for-tests.ts';

describe('rules and targets', () => {
  test('refuses an invalid pattern, a target that is no queue, and a rule on no bus', async () => {
    const { client, on } = await withBus();
    const valid = { Name: 'x', EventBusName: 'team', EventPattern: '{"source":["a"]}' };
    const rule = (more: object) => client.send(new PutRuleCommand({ ...valid, ...more }));
    await expect(rule({ EventPattern: '{"source":"a"}' })).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(rule({ EventBusName: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(rule({ ScheduleExpression: 'rate(1 minute)' })).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
    const Targets = [{ Id: 'f', Arn: `arn:aws:lambda:${region}:${accountId}:function:f` }];
    await expect(client.send(new PutTargetsCommand({ ...on, Targets }))).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
    const [EventStartTime, EventEndTime] = [new Date(0), new Date(1)];
    const replay = { ReplayName: 'r', EventSourceArn: 'a', EventStartTime, EventEndTime, Destination: { Arn: 'a' } };
    await expect(client.send(new StartReplayCommand(replay))).rejects.toMatchObject({ name: 'NotImplementedByLocalCloud' });
  });

  test('lists rules and targets, and deletes a rule only without targets', async () => {
    const { client, on } = await withBus();
    const { Rules } = await client.send(new ListRulesCommand({ EventBusName: 'team' }));
    expect(Rules).toMatchObject([{ Name: 'all', State: 'ENABLED', Arn: `arn:aws:events:${region}:${accountId}:rule/team/all` }]);
    const { Targets } = await client.send(new ListTargetsByRuleCommand(on));
    expect(Targets).toMatchObject([{ Id: 'in', Arn: queueArn('in') }]);
    const remove = () => client.send(new DeleteRuleCommand({ Name: 'all', EventBusName: 'team' }));
    await expect(remove()).rejects.toMatchObject({ name: 'ValidationException' });
    await client.send(new RemoveTargetsCommand({ ...on, Ids: ['in'] }));
    await remove();
    expect((await client.send(new ListRulesCommand({ EventBusName: 'team' }))).Rules).toEqual([]);
  });

  test('tries a pattern on an event that has all its fields', async () => {
    const { client } = await withBus();
    const event = { id: '1', account: '1', source: 's', time: 't', region: 'r', resources: [], 'detail-type': 'd', detail: {} };
    const EventPattern = '{"source":["s"]}';
    const run = (Event: object) => client.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(Event) }));
    expect((await run(event)).Result).toBe(true);
    expect((await run({ ...event, source: 'x' })).Result).toBe(false);
    await expect(run({ source: 's' })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
