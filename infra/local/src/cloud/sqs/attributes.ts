import { AwsError } from '../aws-error.ts';
import { notImplemented } from '../not-implemented.ts';

/** A queue's settings as its owner gave them, by AWS's names; numbers and booleans are strings there. */
export type QueueAttributes = Readonly<Record<string, string>>;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

/**
 * Messages may have 1 MiB since August 2025.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const ranges = {
  DelaySeconds: { min: 0, max: 900, initial: 0 },
  MaximumMessageSize: { min: 1_024, max: 1_048_576, initial: 1_048_576 },
  MessageRetentionPeriod: { min: 60, max: 1_209_600, initial: 345_600 },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, initial: 0 },
  VisibilityTimeout: { min: 0, max: 43_200, initial: 30 },
} satisfies Record<string, Range>;

export type NumberAttribute = keyof typeof ranges;

const choices: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['true', 'false'],
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};

/** Attributes of AWS whose effect the local cloud does not have: refused, since accepting them would promise it. */
const withoutEffect = ['Policy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'];

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export function numberAttribute(attributes: QueueAttributes, name: NumberAttribute): number {
  const given = attributes[name];
  return given === undefined ? ranges[name].initial : Number(given);
}

/** Every settable attribute with its value, the defaults filled in. */
export function withDefaults(attributes: QueueAttributes): Record<string, string> {
  const defaults = Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, String(range.initial)]));
  return { ...defaults, ...attributes };
}

/** Throws `InvalidAttributeName` or `InvalidAttributeValue`. An empty RedrivePolicy means none, as on AWS. */
export function checkAttributeValues(attributes: QueueAttributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'RedrivePolicy') parseRedrivePolicy(value);
    else if (name in ranges) checkNumber(name, value, ranges[name as NumberAttribute]);
    else if (choices[name] !== undefined) checkChoice(name, value, choices[name]);
    else if (withoutEffect.includes(name)) notImplemented('SQS', `the queue attribute ${name}`);
    else throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  }
}

function checkNumber(name: string, value: string, { min, max }: Range): void {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) throw invalidValue(name);
}

function checkChoice(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw invalidValue(name);
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
export function parseRedrivePolicy(text: string | undefined): RedrivePolicy | undefined {
  if (text === undefined || text === '') return undefined;
  const parsed = parseJson(text);
  if (typeof parsed !== 'object' || parsed === null) throw invalidValue('RedrivePolicy');
  const arn = 'deadLetterTargetArn' in parsed ? parsed.deadLetterTargetArn : undefined;
  const count = 'maxReceiveCount' in parsed ? Number(parsed.maxReceiveCount) : Number.NaN;
  if (typeof arn !== 'string' || !Number.isInteger(count) || count < 1 || count > 1_000) throw invalidValue('RedrivePolicy');
  return { deadLetterTargetArn: arn, maxReceiveCount: count };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(invalidValue('RedrivePolicy'), { cause });
  }
}

function invalidValue(name: string): AwsError {
  return new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}
