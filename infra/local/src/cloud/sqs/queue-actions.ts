import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { checkedInput } from '../input.ts';
import type { JsonObject } from '../json.ts';
import type { Call } from '../stand-in.ts';
import { withDefaults } from './attributes.ts';
import { listMoveTasks, startMoveTask } from './move-task.ts';
import type { Queues } from './queues.ts';

const attributes = z.record(z.string(), z.string());
const byUrl = z.object({ QueueUrl: z.string().min(1) });
const createInput = z.object({ QueueName: z.string().min(1), Attributes: attributes.default({}) });
const setInput = byUrl.extend({ Attributes: attributes });
const getInput = byUrl.extend({ AttributeNames: z.array(z.string()).default([]) });
const urlInput = z.object({ QueueName: z.string().min(1) });
const page = { MaxResults: z.number().int().min(1).max(1_000).default(1_000), NextToken: z.string().optional() };
const listInput = z.object({ QueueNamePrefix: z.string().default(''), ...page });
const sourcesInput = byUrl.extend(page);

type Action = (queues: Queues, call: Call) => JsonObject;

/** The actions on queues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
export const queueActions: Readonly<Record<string, Action>> = {
  CreateQueue(queues, { input }) {
    const { QueueName, Attributes } = parse(createInput, input);
    return { QueueUrl: queues.urlOf(queues.create(QueueName, Attributes).name) };
  },

  DeleteQueue(queues, { input }) {
    queues.delete(queues.byUrl(parse(byUrl, input).QueueUrl).name);
    return {};
  },

  GetQueueUrl(queues, { input }) {
    return { QueueUrl: queues.urlOf(queues.byName(parse(urlInput, input).QueueName).name) };
  },

  ListQueues(queues, { input }) {
    const { QueueNamePrefix, ...page } = parse(listInput, input);
    const { names, next } = pageOf(
      queues.names().filter((name) => name.startsWith(QueueNamePrefix)),
      page,
    );
    return { QueueUrls: names.map((name) => queues.urlOf(name)), ...next };
  },

  ListDeadLetterSourceQueues(queues, { input }) {
    const { QueueUrl, ...page } = parse(sourcesInput, input);
    const { names, next } = pageOf(queues.sourcesOf(queues.byUrl(QueueUrl).arn), page);
    return { queueUrls: names.map((name) => queues.urlOf(name)), ...next };
  },

  GetQueueAttributes(queues, { input }) {
    const { QueueUrl, AttributeNames } = parse(getInput, input);
    const all = describe(queues, queues.byUrl(QueueUrl).name);
    if (AttributeNames.includes('All')) return { Attributes: all };
    const entries = AttributeNames.filter((name) => all[name] !== undefined).map((name) => [name, all[name]] as const);
    return { Attributes: Object.fromEntries(entries) };
  },

  SetQueueAttributes(queues, { input }) {
    const { QueueUrl, Attributes } = parse(setInput, input);
    queues.setAttributes(queues.byUrl(QueueUrl).name, Attributes);
    return {};
  },

  PurgeQueue(queues, { input }) {
    queues.purge(queues.byUrl(parse(byUrl, input).QueueUrl).name);
    return {};
  },

  StartMessageMoveTask: startMoveTask,
  ListMessageMoveTasks: listMoveTasks,
};

function parse<S extends z.ZodType>(schema: S, input: JsonObject): z.output<S> {
  return checkedInput(schema, input, 'InvalidParameterValue');
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
function describe(queues: Queues, name: string): Record<string, string> {
  const record = queues.record(name);
  const counts = queues.byName(name).counts();
  return {
    ...withDefaults(record.attributes),
    QueueArn: queues.arnOf(name),
    CreatedTimestamp: String(Math.floor(record.createdMs / 1_000)),
    LastModifiedTimestamp: String(Math.floor(record.modifiedMs / 1_000)),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  };
}

function pageOf(names: string[], page: { MaxResults: number; NextToken?: string | undefined }): { names: string[]; next: JsonObject } {
  const start = page.NextToken === undefined ? 0 : names.findIndex((name) => name > (page.NextToken ?? ''));
  if (start === -1) throw new AwsError('InvalidParameterValue', 'The NextToken is invalid.');
  const shown = names.slice(start, start + page.MaxResults);
  const last = shown.at(-1);
  return { names: shown, next: start + shown.length < names.length && last !== undefined ? { NextToken: last } : {} };
}
