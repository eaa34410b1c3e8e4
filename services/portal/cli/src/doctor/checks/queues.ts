import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { counted } from '../../print/printable.ts';
import type { Check, Examination } from '../examination.ts';
import { faultsOr, ok, problem, type Finding } from '../finding.ts';
import type { ExpectedQueue } from '../inventory.ts';

const deployAgain = 'deploy again; the deployment makes it';

/** Every queue is there and lays down in its dead-letter queue what cannot be handled; nothing lies there. */
export const queuesCheck: Check = {
  name: 'queues',
  prerequisite: false,
  async run(examination) {
    const { queues } = await examination.expected();
    const faults: Finding[] = [];
    for (const queue of queues) faults.push(...(await faultsOf(examination, queue)));
    return faultsOr(faults, ok(this.name, `${counted(queues.length, 'queue')}, each with its dead-letter queue; no dead letters`));
  },
};

async function faultsOf(examination: Examination, { name, deadLetters }: ExpectedQueue): Promise<Finding[]> {
  const [queue, letters] = [await attributesOf(examination, name), await attributesOf(examination, deadLetters)];
  const missing = [[name, queue], [deadLetters, letters]] as const;
  const faults = missing.flatMap(([one, found]) => (found === undefined ? [problem(`queue ${one}`, 'it is not there', deployAgain)] : []));
  if (queue !== undefined && !String(queue['RedrivePolicy']).includes(`:${deadLetters}"`)) {
    faults.push(problem(`queue ${name}`, `what cannot be handled is not laid down in ${deadLetters}`, deployAgain));
  }
  const waiting = Number(letters?.['ApproximateNumberOfMessages'] ?? 0) + Number(letters?.['ApproximateNumberOfMessagesNotVisible'] ?? 0);
  if (waiting > 0) {
    faults.push(problem(`queue ${deadLetters}`, counted(waiting, 'dead letter'), 'npx team redrive --dry-run shows them and why; npx team redrive sends them back once that is mended'));
  }
  return faults;
}

async function attributesOf({ clients: { sqs } }: Examination, QueueName: string): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const AttributeNames = ['RedrivePolicy', 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }));
    return Attributes;
  } catch (error) {
    if (error instanceof Error && /^(QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/.test(error.name)) return undefined;
    throw error;
  }
}
