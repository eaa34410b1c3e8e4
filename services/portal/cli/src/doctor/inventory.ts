import { resourceNames } from '@team/runtime';

/** What a service has, as far as the doctor looks for it. */
export interface ServiceInventory {
  readonly service: string;
  readonly tables: readonly string[];
  readonly queues: readonly QueueInventory[];
  readonly functions: readonly string[];
  readonly signingKey?: 'acceptance' | 'proof' | 'checkpoint' | 'decision';
}

interface QueueInventory {
  readonly name: string;
  /** A rule of the bus brings it events. */
  readonly rule: boolean;
  readonly fifo: boolean;
}

const inbox: QueueInventory = { name: 'inbox', rule: true, fifo: false };
const timers: QueueInventory = { name: 'timers', rule: false, fifo: false };
const usualFunctions = ['inbox', 'timers', 'sweep'];

/** What the manifests of the five services say, which no other service may import; a test holds this to them. */
export const inventory: readonly ServiceInventory[] = [
  { service: 'request', tables: ['aggregates', 'policies'], queues: [inbox, timers], functions: [...usualFunctions, 'query'], signingKey: 'acceptance' },
  { service: 'approval', tables: ['aggregates', 'policies'], queues: [inbox, timers], functions: [...usualFunctions, 'query'], signingKey: 'proof' },
  { service: 'expiry', tables: ['aggregates'], queues: [inbox, timers], functions: usualFunctions },
  {
    service: 'provisioning',
    tables: ['aggregates', 'once'],
    queues: [inbox, timers, { name: 'dispatch', rule: false, fifo: true }],
    functions: [...usualFunctions, 'reconcile', 'dispatch'],
  },
  {
    service: 'audit',
    tables: ['records', 'heads', 'checkpoints', 'lifecycles', 'terms', 'activity', 'activity-details'],
    queues: [inbox, { name: 'follow', rule: true, fifo: false }, { name: 'grants', rule: true, fifo: false }, timers],
    functions: [...usualFunctions, 'follow', 'query', 'rebuild', 'checkpoint', 'grants'],
    signingKey: 'checkpoint',
  },
];

/** The same of the portal, which a deployment may have. */
export const portalInventory: ServiceInventory = {
  service: 'portal',
  tables: ['events', 'requests', 'lists', 'organization', 'sessions'],
  queues: [inbox],
  functions: ['inbox', 'rebuild', 'survey', 'api', 'decide', 'policies', 'sign-in', 'pages'],
  signingKey: 'decision',
};

/** A queue of a deployment with what belongs to it. */
export interface ExpectedQueue {
  readonly name: string;
  readonly deadLetters: string;
  /** Name of the rule that brings it events. */
  readonly rule?: string;
}

/** Physical names of everything that a deployment has. */
export interface Expected {
  readonly busName: string;
  readonly tables: readonly string[];
  readonly queues: readonly ExpectedQueue[];
  readonly functions: readonly string[];
  readonly keyAliases: readonly string[];
}

/** What these services have in a deployment under this prefix. */
export function expectedOf(prefix: string, services: readonly ServiceInventory[]): Expected {
  return {
    busName: prefix,
    tables: services.flatMap(({ service, tables }) => tables.map((table) => resourceNames.table(prefix, service, table))),
    queues: services.flatMap(({ service, queues }) =>
      queues.map(({ name, rule, fifo }) => ({
        name: resourceNames.queue(prefix, service, name, fifo),
        deadLetters: resourceNames.deadLetterQueue(prefix, service, name, fifo),
        ...(rule ? { rule: resourceNames.rule(prefix, service, name) } : {}),
      })),
    ),
    functions: services.flatMap(({ service, functions }) => functions.map((name) => `${prefix}-${service}-${name}`)),
    keyAliases: services.flatMap(({ signingKey }) => (signingKey === undefined ? [] : [resourceNames.signingKeyAlias(prefix, signingKey)])),
  };
}
