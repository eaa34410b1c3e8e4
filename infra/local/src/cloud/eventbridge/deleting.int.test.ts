import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DeleteEventBusCommand,
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  ListEventBusesCommand,
} from '@aws-sdk/client-eventbridge';
import { entry, withBus } from '../testing/bus-for-tests.ts';

test('a bus is deleted when it has no rules, the default one never, and one that is not there without an error', async () => {
  const { client } = await withBus();
  await client.send(new CreateEventBusCommand({ Name: 'spare' }));
  const remove = (Name: string) => client.send(new DeleteEventBusCommand({ Name }));
  await expect(remove('team')).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(remove('default')).rejects.toMatchObject({ name: 'ValidationException' });
  await remove('spare');
  await remove('spare');
  expect((await client.send(new ListEventBusesCommand({}))).EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'team']);
});

test('an archive is deleted with what is in it; another of its name begins empty', async () => {
  const { client, put, bus } = await withBus();
  const { Arn } = await client.send(new DescribeEventBusCommand({ Name: 'team' }));
  const create = () => client.send(new CreateArchiveCommand({ ArchiveName: 'all', EventSourceArn: Arn }));
  const remove = () => client.send(new DeleteArchiveCommand({ ArchiveName: 'all' }));
  await create();
  await put(entry());
  await remove();
  await expect(client.send(new DescribeArchiveCommand({ ArchiveName: 'all' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(remove()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await create();
  expect(bus.archived('all')).toEqual([]);
  await put(entry({ DetailType: 'Later.v1' }));
  expect(bus.archived('all').map(({ sequence, event }) => [sequence, event['detail-type']])).toEqual([[1, 'Later.v1']]);
});
