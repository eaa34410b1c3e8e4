import { catalog, type EventContract } from '@team/contracts';
import type { ServiceManifest } from '@team/runtime';

/** What says nothing about a request, or says it again. */
const notAboutRequests = /Polic|Limits|Bundle|Delegation|AuditRecorded|DriftDetected|SessionsRevoked/;

/** Everything that happens to a request, and what is said of it. */
export const aboutRequests: readonly EventContract[] = catalog.filter(({ detailType }) => !notAboutRequests.test(detailType));

const readModel = ['events', 'requests', 'lists'] as const;
/** To write the read model; who is signed in is nothing to them. */
const writes = ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'] as const;
const inReadModel = { 'dynamodb:DeleteItem': readModel, 'dynamodb:GetItem': readModel, 'dynamodb:PutItem': readModel } as const;
/** To note that a session is used, and nothing else of it: who could write one would be anybody. */
const noting = { onTables: { 'dynamodb:UpdateItem': ['sessions'] }, updates: ['lastSeenAt'] } as const;
/** To look into the read model and at sessions. */
const read = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'] as const;
const sessions = ['sessions'] as const;
const listed = ['organization'] as const;
/** To find people by name, and what groups they are in. */
const people = ['identitystore:DescribeUser', 'identitystore:ListGroupMembershipsForMember', 'identitystore:ListGroups', 'identitystore:ListUsers'] as const;
/** To list accounts with the units above them, permission sets, and people with their groups. */
const everything = [
  'identitystore:ListGroups',
  'identitystore:ListUsers',
  'organizations:DescribeOrganization',
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListRoots',
  'sso:DescribePermissionSet',
  'sso:ListPermissionSets',
] as const;

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
    /** Everything that may be chosen from, as it was listed last. */
    organization: { holds: 'records', forgottenBy: 'expiresAt' },
    /** Who is signed in, and who is about to. */
    sessions: { holds: 'records', forgottenBy: 'expiresAt' },
  },
  queues: { inbox: { consumes: aboutRequests, maxReceives: 5 } },
  functions: {
    inbox: { trigger: { queue: 'inbox', batchSize: 10 }, timeoutSeconds: 30, actions: [...writes, 'sqs:SendMessage'], onTables: inReadModel },
    /** Given pages of the audit trail, makes the read model again. */
    rebuild: { trigger: { invoked: true }, timeoutSeconds: 60, actions: writes, onTables: inReadModel },
    /** Lists what the doors choose from. */
    survey: { trigger: { everyMinute: true }, timeoutSeconds: 50, actions: ['dynamodb:GetItem', 'dynamodb:PutItem', ...everything], onTables: { 'dynamodb:GetItem': listed, 'dynamodb:PutItem': listed } },
    /** Reads, and asks for access, and answers what no other function does. People sign in there, so it asks for everybody. */
    api: {
      trigger: { http: ['/v1/{proxy+}', '/healthz'] },
      timeoutSeconds: 29,
      memoryMb: 1_024,
      actions: [...read, 'dynamodb:BatchGetItem', ...people, 'events:PutEvents', 'lambda:InvokeFunction'],
      ...noting,
      emits: { name: 'portal', source: 'team.portal', detailTypes: ['AccessRequested.v1'], mayAskFor: 'everyone', mayAskForOthers: { groupIds: [], userIds: [] }, mayBreakGlass: true },
    },
    /** What people say that counts. It alone signs. No path of its is also one of `api`. */
    decide: {
      trigger: {
        http: ['/v1/requests/{id}/decisions', '/v1/requests/{id}/review', '/v1/requests/{id}/end', '/v1/policies/changes', '/v1/policies/changes/{id}/decisions', '/v1/delegation'],
      },
      timeoutSeconds: 29,
      memoryMb: 1_024,
      actions: [...read, ...people, 'events:PutEvents', 'kms:Sign', 'lambda:InvokeFunction'],
      onTables: { ...noting.onTables, 'dynamodb:GetItem': [...readModel, ...sessions] },
      updates: noting.updates,
      emits: {
        name: 'portal-decisions',
        source: 'team.portal.decisions',
        detailTypes: [
          'ApprovalDecisionSubmitted.v1',
          'AccessRevocationRequested.v1',
          'AccessReviewSubmitted.v1',
          'DelegationSubmitted.v1',
          // A channel that signs people in may submit for administrators; more, as `mayAdminister` would give, it needs not.
          'EligibilityPolicySubmitted.v1',
          'ApproverPolicySubmitted.v1',
          'LimitsSubmitted.v1',
          'BundleSubmitted.v1',
          'PolicyChangeDecided.v1',
        ],
        mayDecide: true,
      },
    },
    /** Policies as people write them, what would become of a change, and who decides in whose place. */
    policies: {
      trigger: { http: ['/v1/policies', '/v1/policies/plan', '/v1/policies/explain', '/v1/delegations'] },
      timeoutSeconds: 29,
      memoryMb: 1_024,
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem', ...people, 'lambda:InvokeFunction'],
      onTables: { ...noting.onTables, 'dynamodb:GetItem': [...sessions, ...listed] },
      updates: noting.updates,
    },
    /** Where browsers sign in and out. */
    'sign-in': {
      trigger: { http: ['/auth/{proxy+}'] },
      timeoutSeconds: 29,
      memoryMb: 1_024,
      actions: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'identitystore:DescribeUser', 'identitystore:ListGroups', 'identitystore:ListUsers', 'secretsmanager:GetSecretValue'],
      onTables: { 'dynamodb:DeleteItem': sessions, 'dynamodb:PutItem': sessions },
    },
    /** The web application. */
    pages: { trigger: { http: ['/', '/{proxy+}'] }, timeoutSeconds: 10, actions: [], web: 'web' },
  },
  signingKey: 'decision',
  asks: ['request', 'approval', 'audit'],
} as const satisfies ServiceManifest;
