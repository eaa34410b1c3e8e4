import type { EventContract, FactSource } from '../src/define-event.ts';
import { eventSchema, type Json, type JsonObject } from './event-schema.ts';

/** Sentences of the document about the services that publish. */
const services: Readonly<Record<FactSource, string>> = {
  'team.request': 'The request service judges who may ask for what.',
  'team.approval': 'The approval service records who said yes or no.',
  'team.expiry': 'The expiry service says when access starts and ends.',
  'team.provisioning': 'The provisioning service reports what IAM Identity Center holds.',
  'team.audit': 'The audit service reports what was recorded and what is missing.',
};

/**
 * AsyncAPI 3.0 document of the bus: one channel, every event a message, one operation per publishing service and one for the intents
 * that TEAM receives. Messages are whole events, as EventBridge hands them to a rule's target. It stands alone: nothing in it points
 * to another file.
 */
export function asyncApiDocument(contracts: readonly EventContract[]): JsonObject {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'TEAM events',
      version: '1.0.0',
      description:
        'Temporary elevated access for AWS IAM Identity Center. Intents may be put on the bus by registered emitters; facts are published by one service each. Events arrive at least once and in any order.',
    },
    defaultContentType: 'application/json',
    channels: {
      bus: {
        address: null,
        title: 'The EventBridge bus',
        description: 'Its name and account are chosen when TEAM is deployed.',
        messages: byDetailType(contracts, ({ detailType }) => reference('components', 'messages', detailType)),
      },
    },
    operations: {
      ...Object.fromEntries(
        Object.entries(services).map(([source, summary]) => [
          `publish-${source.replace('team.', '')}-facts`,
          operation('send', summary, contracts.filter((contract) => contract.source === source)),
        ]),
      ),
      'receive-intents': operation('receive', 'What others may ask for; judged, never trusted.', contracts.filter(({ kind }) => kind === 'intent')),
    },
    components: {
      messages: byDetailType(contracts, message),
      schemas: byDetailType(contracts, schemaOfDetail),
    },
  };
}

function operation(action: 'send' | 'receive', summary: string, contracts: readonly EventContract[]): JsonObject {
  return {
    action,
    summary,
    channel: reference('channels', 'bus'),
    messages: contracts.map(({ detailType }) => reference('channels', 'bus', 'messages', detailType)),
  };
}

function message(contract: EventContract): JsonObject {
  const { detailType, kind, summary } = contract;
  return { name: detailType, title: detailType, summary, tags: [{ name: kind }], payload: deliveredEventSchema(contract) };
}

/** The whole event. Fields: "AWS service event metadata", EventBridge user guide. */
function deliveredEventSchema({ detailType, source }: EventContract): JsonObject {
  return {
    type: 'object',
    properties: {
      version: { type: 'string' },
      id: { type: 'string' },
      'detail-type': { const: detailType },
      source: source === undefined ? { type: 'string', description: 'The source under which the emitter is registered.' } : { const: source },
      account: { type: 'string', pattern: '^[0-9]{12}$' },
      time: { type: 'string', format: 'date-time' },
      region: { type: 'string' },
      resources: { type: 'array', items: { type: 'string' } },
      detail: reference('components', 'schemas', detailType),
    },
    required: ['id', 'detail-type', 'source', 'account', 'time', 'region', 'detail'],
  };
}

/** AsyncAPI's own schema format is a superset of draft-07, which reads every keyword that contracts use; only the dialect's name goes. */
function schemaOfDetail(contract: EventContract): JsonObject {
  const { $schema: _dialect, ...schema } = eventSchema(contract);
  return schema;
}

function byDetailType(contracts: readonly EventContract[], make: (contract: EventContract) => Json): JsonObject {
  return Object.fromEntries(contracts.map((contract) => [contract.detailType, make(contract)]));
}

function reference(...path: readonly string[]): JsonObject {
  return { $ref: `#/${path.join('/')}` };
}
