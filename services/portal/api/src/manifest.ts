import { catalog, type EventContract } from '@team/contracts';
import type { ServiceManifest } from '@team/runtime';

/** What says nothing about a request, or says it again. */
const notAboutRequests = /Polic|Limits|Bundle|Delegation|AuditRecorded|DriftDetected|SessionsRevoked/;

/** Everything that happens to a request, and what is said of it. */
export const aboutRequests: readonly EventContract[] = catalog.filter(({ detailType }) => !notAboutRequests.test(detailType));

const write = ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'sqs:SendMessage'] as const;

/** The door for people. It publishes intents only, each of its doors as an emitter of its own. */
export const manifest = {
  name: 'portal',
  source: 'team.portal',
  publishes: [],
  tables: {
    /** Events of requests as they came, each once. */
    events: { holds: 'records', sortedBy: 'eventId' },
    /** What is told of each request, a row each. */
    requests: { holds: 'records' },
    /** Where requests stand in lists, the list as partition. */
    lists: { holds: 'records', sortedBy: 'place' },
    /** Who is signed in, and who is about to. */
    sessions: { holds: 'records', forgottenBy: 'expiresAt' },
  },
  queues: { inbox: { consumes: aboutRequests, maxReceives: 5 } },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: write },
    /** Given pages of the audit trail, makes the read model again. */
    rebuild: { trigger: { invoked: true }, timeoutSeconds: 60, actions: write },
  },
} as const satisfies ServiceManifest;
