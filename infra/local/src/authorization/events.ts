import type { JsonObject } from '../cloud/json.ts';
import { objectsIn, onNothing, place, textIn, type Ground, type Need, type ServiceReference } from './authorization.ts';

const nameOr = (input: JsonObject, member: string): string => (input[member] === undefined ? 'default' : textIn(input, member));
const busArn = (name: string, ground: Ground): string => (name.startsWith('arn:') ? name : `arn:aws:events:${place(ground)}:event-bus/${name}`);
const onBus = (input: JsonObject, ground: Ground): Need[] => [{ resource: busArn(nameOr(input, 'Name'), ground) }];
const onRule = (member: string) => (input: JsonObject, ground: Ground): Need[] => {
  const bus = nameOr(input, 'EventBusName').replace(/^arn:.*\//, '');
  return [{ resource: `arn:aws:events:${place(ground)}:rule/${bus === 'default' ? '' : `${bus}/`}${textIn(input, member)}` }];
};
const archive = (input: JsonObject, ground: Ground): Need => ({ resource: `arn:aws:events:${place(ground)}:archive/${textIn(input, 'ArchiveName')}` });

/** Each entry is judged by itself, and one that is denied denies all: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html */
const onEachEntry = (input: JsonObject, ground: Ground): Need[] =>
  objectsIn(input, 'Entries').map((entry) => ({
    resource: busArn(nameOr(entry, 'EventBusName'), ground),
    context: {
      ...(typeof entry.Source === 'string' && { 'events:source': entry.Source }),
      ...(typeof entry.DetailType === 'string' && { 'events:detail-type': entry.DetailType }),
    },
  }));

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
export const events: ServiceReference = {
  prefix: 'events',
  actions: {
    PutEvents: onEachEntry,
    CreateEventBus: onBus,
    DescribeEventBus: onBus,
    ListEventBuses: onNothing,
    CreateArchive: (input, ground) => [archive(input, ground), { resource: busArn(textIn(input, 'EventSourceArn'), ground) }],
    DescribeArchive: (input, ground) => [archive(input, ground)],
    PutRule: onRule('Name'),
    DescribeRule: onRule('Name'),
    EnableRule: onRule('Name'),
    DisableRule: onRule('Name'),
    DeleteRule: onRule('Name'),
    ListRules: onNothing,
    PutTargets: onRule('Rule'),
    RemoveTargets: onRule('Rule'),
    ListTargetsByRule: onRule('Rule'),
    TestEventPattern: onNothing,
  },
};
