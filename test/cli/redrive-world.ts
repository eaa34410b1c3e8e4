import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { archiveName } from '../../infra/local/src/system/who.ts';
import { inProcessHandler } from '../../infra/local/src/cloud/index.ts';
import type { World } from '../../infra/local/src/play/world.ts';
import { connect } from '../../services/portal/cli/src/cloud/connection.ts';
import { run } from '../../services/portal/cli/src/program.ts';

type Handler = ReturnType<typeof inProcessHandler>;

/** A call of the operator whose answer never comes, although it was done. */
export const dyingAfter = (action: string): ((handler: Handler) => Handler) => (handler) => ({
  ...handler,
  async handle(request) {
    const answer = await handler.handle(request);
    if (request.headers['x-amz-target']?.endsWith(`.${action}`) === true) throw new Error('killed');
    return answer;
  },
});

/** `npx team` as the operator of a world runs it: its exit code and what it said. */
export async function team({ system }: World, argv: readonly string[], through: (handler: Handler) => Handler = (handler) => handler): Promise<{ code: number; said: string }> {
  const said: string[] = [];
  const output = { say: (text: string) => void said.push(text), remark: (text: string) => void said.push(text) };
  const handler = through(inProcessHandler(system.outside));
  const code = await run(argv, { output, signal: new AbortController().signal, connect: (place, target) => connect(place, target, handler) });
  return { code, said: said.join('\n') };
}

/** The event of a request as the bus delivered it. */
export function deliveredText({ system }: World, detailType: string, requestId: string): string {
  const found = system.bus.archived(archiveName).find(({ event }) => event['detail-type'] === detailType && JSON.stringify(event.detail).includes(requestId));
  if (found === undefined) throw new Error(`the bus had no ${detailType} of request ${requestId}`);
  return JSON.stringify(found.event);
}

/** Lays a message down as a dead letter of a queue. */
export async function layDown({ system }: World, queue: string, body: string): Promise<void> {
  const { sqs } = system.clients('deployment');
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `${queue}-dlq` }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
}

/** Messages in the dead-letter queue of a queue. */
export const lettersOf = ({ system }: World, queue: string): number => system.queues.peek(`${queue}-dlq`).length;
