import { createPublisher, type OutgoingEvent } from '@team/runtime';
import type { Bug } from './bug.ts';
import { callsThrough, type SentCommand } from './calls.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});
const without = (fields: Fields, ...names: string[]): Fields => Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Facts that a write puts into an outbox. */
function factsIn({ input }: SentCommand): OutgoingEvent[] {
  const written = [...Object.values(fieldsOf(fieldsOf(input['Item'])['outbox'])), ...Object.values(fieldsOf(input['ExpressionAttributeValues']))];
  return written.map(fieldsOf).flatMap(({ source, detailType, detail }) => {
    const isFact = typeof source === 'string' && typeof detailType === 'string' && typeof detail === 'string';
    return isFact ? [{ eventId: '', source, detailType, detail }] : [];
  });
}

const isAggregateWrite = ({ input }: SentCommand): boolean =>
  input['ConditionExpression'] === '#version = :seen' || fieldsOf(input['Item'])['outbox'] !== undefined;

/** What could be wrong with storing, publishing and timers, which all services share. */
export const kernelBugs: readonly Bug[] = [
  {
    name: 'publish before commit',
    breaks: 'facts go onto the bus before the write that decides them, which may fail',
    rules: ['factsAreStored'],
    base: 6100000,
    composers: callsThrough('documents', ({ platform: { clients, config } }) => async (command, next) => {
      const facts = factsIn(command);
      if (facts.length > 0) await createPublisher(clients.eventBridge, config.busName).publish(facts);
      return next();
    }),
  },
  {
    name: 'outbox cleared whole',
    breaks: 'whoever published something clears the outbox, whatever else waits in it',
    rules: ['factsAreStored'],
    base: 6100007,
    composers: callsThrough('documents', () => ({ name, input }, next) => {
      const acknowledges = name === 'UpdateCommand' && String(input['UpdateExpression']).startsWith('REMOVE outbox');
      if (!acknowledges) return next();
      const { TableName, Key } = input;
      return next({ TableName, Key, UpdateExpression: 'SET outbox = :none REMOVE outboxShard, outboxAt', ExpressionAttributeValues: { ':none': {} } });
    }),
  },
  {
    name: 'no version check',
    breaks: 'a decision is stored although somebody else stored one since the state was read',
    rules: ['oneOutcome', 'oneEnd', 'saidAsItIs', 'heldIsKept', 'nothingLeftBehind', 'wishesAreAnswered', 'recordedOnce', 'overCountsNoMore'],
    base: 6100025,
    composers: callsThrough('documents', () => (command, next) => {
      if (!isAggregateWrite(command)) return next();
      const { ExpressionAttributeValues: values, ...input } = without(command.input, 'ConditionExpression');
      return next(values === undefined ? input : { ...input, ExpressionAttributeValues: without(fieldsOf(values), ':seen') });
    }),
  },
  {
    name: 'refused entries taken for published',
    breaks: 'failures inside a 200 of PutEvents are not read',
    rules: ['factsAreStored'],
    base: 6100002,
    composers: callsThrough('eventBridge', () => async ({ input }, next) => {
      const answer = fieldsOf(await next());
      const entries = Array.isArray(input['Entries']) ? input['Entries'] : [];
      return { ...answer, FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: 'taken' })) };
    }),
  },
  {
    name: 'sweep passes over what is overdue',
    breaks: 'a timer whose message was lost is never enqueued again: the sweep looks ahead only',
    rules: ['comesToRest', 'endsAreRepeated', 'oneOutcome', 'oneEnd', 'nothingLeftBehind', 'overdueIsSaid', 'factsAreStored', 'overCountsNoMore'],
    base: 6100001,
    composers: callsThrough('sqs', () => ({ name, input }, next) => {
      if (name !== 'SendMessageBatchCommand') return next();
      const Entries = (Array.isArray(input['Entries']) ? input['Entries'] : []).filter((entry) => fieldsOf(entry)['DelaySeconds'] !== 0);
      return Entries.length === 0 ? Promise.resolve({}) : next({ ...input, Entries });
    }),
  },
  {
    name: 'outages use up receives',
    breaks: 'a message is not put off while AWS is down, and becomes a dead letter although nothing is wrong with it',
    rules: ['outagesUseNoReceives'],
    base: 6100007,
    composers: callsThrough('sqs', ({ platform: { config } }) => ({ name, input }, next) => {
      const putsOff = name === 'SendMessageCommand' && input['QueueUrl'] === config.queues['inbox']?.url;
      return putsOff ? Promise.reject(new Error('put off nothing')) : next();
    }),
  },
];
