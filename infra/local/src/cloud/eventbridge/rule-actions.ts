import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { checkedInput } from '../input.ts';
import type { JsonObject } from '../json.ts';
import { notImplemented } from '../not-implemented.ts';
import { matcherOf, type Rule, type Rules, type Target } from './rules.ts';

const name = z.string().regex(/^[.\-_A-Za-z0-9]{1,64}$/);
const busName = z.string().optional();
const onBus = z.object({ Name: name, EventBusName: busName });
const putRuleInput = onBus.extend({
  EventPattern: z.string().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: z.string().max(512).optional(),
});
const target = z.object({
  Id: name,
  Arn: z.string(),
  SqsParameters: z.object({ MessageGroupId: z.string().min(1) }).optional(),
  DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
  RetryPolicy: z
    .object({
      MaximumRetryAttempts: z.number().int().min(0).max(185).default(185),
      MaximumEventAgeInSeconds: z.number().int().min(60).max(86_400).default(86_400),
    })
    .prefault({}),
});
const putTargetsInput = z.object({ Rule: name, EventBusName: busName, Targets: z.array(z.looseObject(target.shape)).min(1).max(100) });
const removeTargetsInput = z.object({ Rule: name, EventBusName: busName, Ids: z.array(name).min(1).max(100) });
const listTargetsInput = z.object({ Rule: name, EventBusName: busName });
const listRulesInput = z.object({ EventBusName: busName, NamePrefix: z.string().default('') });
const testInput = z.object({ EventPattern: z.string(), Event: z.string() });

type Action = (rules: Rules, input: JsonObject) => JsonObject;

/** The actions on rules and targets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html */
export const ruleActions: Readonly<Record<string, Action>> = {
  PutRule(rules, input) {
    const { Name, EventBusName, EventPattern, ScheduleExpression, State, Description } = checkedInput(putRuleInput, input);
    if (ScheduleExpression !== undefined) notImplemented('EventBridge', 'schedules in rules');
    if (EventPattern === undefined) throw new AwsError('ValidationException', 'Parameter EventPattern must be specified.');
    const rule = { name: Name, pattern: EventPattern, enabled: State === 'ENABLED', description: Description };
    return { RuleArn: rules.putRule(rules.bus(EventBusName), rule).arn };
  },

  DescribeRule(rules, input) {
    const { Name, EventBusName } = checkedInput(onBus, input);
    return describe(rules.rule(rules.bus(EventBusName), Name));
  },

  EnableRule(rules, input) {
    const { Name, EventBusName } = checkedInput(onBus, input);
    rules.enable(rules.rule(rules.bus(EventBusName), Name), true);
    return {};
  },

  DisableRule(rules, input) {
    const { Name, EventBusName } = checkedInput(onBus, input);
    rules.enable(rules.rule(rules.bus(EventBusName), Name), false);
    return {};
  },

  DeleteRule(rules, input) {
    const { Name, EventBusName } = checkedInput(onBus, input);
    rules.deleteRule(rules.bus(EventBusName), Name);
    return {};
  },

  ListRules(rules, input) {
    const { EventBusName, NamePrefix } = checkedInput(listRulesInput, input);
    const found = rules.rulesOf(rules.bus(EventBusName)).filter((rule) => rule.name.startsWith(NamePrefix));
    return { Rules: found.sort((a, b) => (a.name < b.name ? -1 : 1)).map(describe) };
  },

  PutTargets(rules, input) {
    const { Rule, EventBusName, Targets } = checkedInput(putTargetsInput, input);
    const bus = rules.bus(EventBusName);
    const rule = rules.rule(bus, Rule);
    const added = Targets.map(targetOf);
    const kept = rule.targets.filter(({ id }) => !added.some((given) => given.id === id));
    rules.setTargets(bus, rule, [...kept, ...added]);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },

  RemoveTargets(rules, input) {
    const { Rule, EventBusName, Ids } = checkedInput(removeTargetsInput, input);
    const bus = rules.bus(EventBusName);
    const rule = rules.rule(bus, Rule);
    rules.setTargets(bus, rule, rule.targets.filter(({ id }) => !Ids.includes(id)));
    const missing = Ids.filter((id) => !rule.targets.some((given) => given.id === id));
    const failed = missing.map((TargetId) => ({
      TargetId,
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Target ${TargetId} does not exist.`,
    }));
    return { FailedEntryCount: failed.length, FailedEntries: failed };
  },

  ListTargetsByRule(rules, input) {
    const { Rule, EventBusName } = checkedInput(listTargetsInput, input);
    return { Targets: rules.rule(rules.bus(EventBusName), Rule).targets.map(describeTarget) };
  },

  /** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html: the event must have all its fields. */
  TestEventPattern(_rules, input) {
    const { EventPattern, Event } = checkedInput(testInput, input);
    const matches = matcherOf(EventPattern);
    return { Result: matches(parseEvent(Event)) };
  },
};

const wholeEvent = z.looseObject({
  id: z.string(),
  account: z.string(),
  source: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  'detail-type': z.string(),
});

function parseEvent(text: string): JsonObject {
  try {
    const parsed = JSON.parse(text) as JsonObject;
    wholeEvent.parse(parsed);
    return parsed;
  } catch (cause) {
    const refused = new AwsError('ValidationException', 'Parameter Event is not valid. Reason: it lacks a required field or is not JSON.');
    throw Object.assign(refused, { cause });
  }
}

function describe(rule: Rule): JsonObject {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventBusName: rule.busName,
    EventPattern: rule.pattern,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    Description: rule.description,
  };
}

/** Targets are SQS queues, which get the whole event. */
function targetOf(given: z.output<typeof target> & Record<string, unknown>): Target {
  if (!given.Arn.startsWith('arn:aws:sqs:')) notImplemented('EventBridge', `the target ${given.Arn}: targets are SQS queues`);
  for (const member of ['Input', 'InputPath', 'InputTransformer']) {
    if (given[member] !== undefined) notImplemented('EventBridge', `${member} of a target`);
  }
  if (given.Arn.endsWith('.fifo') && given.SqsParameters === undefined) {
    throw new AwsError('ValidationException', `Parameter(s) SqsParameters must be specified for target: ${given.Id}.`);
  }
  return {
    id: given.Id,
    arn: given.Arn,
    ...(given.SqsParameters !== undefined && { messageGroupId: given.SqsParameters.MessageGroupId }),
    ...(given.DeadLetterConfig !== undefined && { deadLetterArn: given.DeadLetterConfig.Arn }),
    maxRetries: given.RetryPolicy.MaximumRetryAttempts,
    maxAgeMs: given.RetryPolicy.MaximumEventAgeInSeconds * 1_000,
  };
}

function describeTarget(given: Target): JsonObject {
  return {
    Id: given.id,
    Arn: given.arn,
    SqsParameters: given.messageGroupId === undefined ? undefined : { MessageGroupId: given.messageGroupId },
    DeadLetterConfig: given.deadLetterArn === undefined ? undefined : { Arn: given.deadLetterArn },
    RetryPolicy: { MaximumRetryAttempts: given.maxRetries, MaximumEventAgeInSeconds: given.maxAgeMs / 1_000 },
  };
}
