import { consumeByLane, TeamError } from '@team/runtime';
import { batch, benchPlatform, context } from './bench-service.ts';

const queue = { url: 'http://localhost/111122223333/team-bench-inbox', deadLetterUrl: 'http://localhost/111122223333/team-bench-inbox-dlq' };
const laneOf = (body: string): string => body.charAt(0);

it('handles messages of different lanes at once, and those of one lane one after the other', async () => {
  const { platform } = await benchPlatform();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const handler = consumeByLane(queue, platform.clients.sqs, platform.logger, laneOf, (body) => {
    begun.push(body);
    return new Promise((resolve) => ends.set(body, resolve));
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const answer = handler(batch('a1', 'a2', 'b1', 'a3'), context);
  await turn();
  expect(begun).toEqual(['a1', 'b1']);
  ends.get('b1')?.();
  await turn();
  expect(begun).toEqual(['a1', 'b1']);
  for (const body of ['a1', 'a2', 'a3']) {
    ends.get(body)?.();
    await turn();
  }
  expect(begun).toEqual(['a1', 'b1', 'a2', 'a3']);
  expect(await answer).toEqual({ batchItemFailures: [] });
});

it('a message that fails stops neither its own lane nor another', async () => {
  const { platform } = await benchPlatform();
  const done: string[] = [];
  const handler = consumeByLane(queue, platform.clients.sqs, platform.logger, laneOf, async (body) => {
    if (body === 'a1') throw new TeamError('ERR_NOT_NOW', 'comes again', { retryable: true });
    done.push(body);
  });
  expect(await handler(batch('a1', 'a2', 'b1'), context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  expect(done.toSorted()).toEqual(['a2', 'b1']);
});
