import { ListAccountAssignmentsCommand } from '@aws-sdk/client-sso-admin';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  accessExpiredV1,
  accessRevokedV1,
  accessWindowOpenedV1,
  type AccessWindowOpenedV1,
  type EmitterRegistration,
  type EventContract,
} from '@team/contracts';
import { compose, type Reconciliation } from '@team/provisioning/compose';
import { manifest } from '@team/provisioning/manifest';
import { createLogger, createSigner, evidenceHash, grantIdOf, resourceNames, uuidv7Source, type EvidenceType } from '@team/runtime';
import { createRouter, memoryStore, runUntil, seededRandom, virtualTimeline } from '../../infra/local/src/cloud/index.ts';
import { loadOrganization } from '../../infra/local/src/identity/index.ts';
import { loadPolicies } from '../../infra/local/src/policies/index.ts';
import { clientsOf } from '../../infra/local/src/system/clients.ts';
import { consumedQueues, provision } from '../../infra/local/src/system/provision.ts';
import { runFunctions } from '../../infra/local/src/system/run-functions.ts';
import { createStandIns } from '../../infra/local/src/system/stand-ins.ts';
import { busName, prefix } from '../../infra/local/src/system/who.ts';

export const minute = 60_000;
const startMs = Date.parse('2026-11-22T10:00:00.000Z');
const requestIdOf = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const iso = (ms: number): string => new Date(ms).toISOString();
const keys = {
  acceptance: resourceNames.signingKeyAlias(prefix, 'acceptance'),
  proof: resourceNames.signingKeyAlias(prefix, 'proof'),
  checkpoint: resourceNames.signingKeyAlias(prefix, 'checkpoint'),
  channel: 'alias/team-channel',
};

export interface ProvisioningOptions {
  readonly reconciliation?: Partial<Reconciliation>;
  /** Functions that fail, whatever triggers them. */
  readonly off?: readonly ('sweep' | 'timers' | 'reconcile')[];
  /** An index of the table that cannot be read. */
  readonly unreadable?: 'outbox' | 'due';
}

/** The provisioning service alone on the local cloud, through the real SDK clients. What its neighbours would say is said by the test. */
export async function provisioningOnLocalCloud(waiting: 'in-pass' | 'by-timer', { reconciliation = {}, off = [], unreadable }: ProvisioningOptions = {}) {
  const folder = new URL('../../infra/local/fixtures', import.meta.url).pathname;
  const organization = loadOrganization(`${folder}/organization.json`);
  const ownAccount = organization.DelegatedAdministratorAccountId;
  const channel: EmitterRegistration = {
    name: 'channel',
    roleArn: `arn:aws:iam::${ownAccount}:role/channel`,
    source: 'acme.channel',
    detailTypes: ['ApprovalDecisionSubmitted.v1'],
    mayDecide: { keyId: keys.channel },
  };
  const timeline = virtualTimeline(startMs);
  const options = {
    organization,
    policies: loadPolicies(`${folder}/policies`, organization),
    store: memoryStore(),
    timeline,
    random: seededRandom(11),
    logLevel: 'SILENT' as const,
    executionClock: timeline,
    endpoint: 'http://localhost',
    maxAttempts: 1,
  };
  const standIns = createStandIns(options, Object.values(keys));
  const router = createRouter({
    standIns: standIns.all,
    store: options.store,
    random: options.random,
    callers: (name) => ({ name, roleArn: `arn:aws:iam::${ownAccount}:role/${name}`, accountId: ownAccount }),
  });
  const clients = (caller: string) => clientsOf(router, caller, organization.Region, 1);
  await provision([manifest], clients('deployment'), ownAccount, organization.Region);

  const own = clients('team.provisioning');
  own.documents.middlewareStack.add(
    (next) => async (args) => {
      if ('IndexName' in args.input && args.input.IndexName === unreadable) throw new Error('this index cannot be read');
      return next(args);
    },
    { step: 'initialize' },
  );
  const handlers = compose({
    clients: own,
    clock: () => timeline.now(),
    newId: uuidv7Source(() => timeline.now(), () => Uint8Array.from({ length: 16 }, () => Math.floor(options.random.next() * 256))),
    logger: createLogger('provisioning', 'SILENT'),
    config: {
      busName,
      ownAccount,
      tables: Object.fromEntries(Object.keys(manifest.tables).map((table) => [table, resourceNames.table(prefix, manifest.name, table)])),
      queues: consumedQueues(manifest, (name) => `${options.endpoint}/${ownAccount}/${name}`),
      keys,
      emitters: [channel],
    },
    ssoAdmin: own.ssoAdmin,
    instanceArn: organization.InstanceArn,
    reconciliation,
    ...(waiting === 'in-pass' ? { wait: (ms: number) => new Promise<void>((resolve) => timeline.at(timeline.now() + ms, resolve)) } : {}),
  });
  const dead = Object.fromEntries(off.map((name) => [name, () => Promise.reject(new Error('this function is off'))]));
  runFunctions([manifest], () => ({ ...handlers, ...dead }), standIns, options);

  const user = organization.Users.find(({ UserStatus }) => UserStatus === 'ENABLED');
  const account = organization.Accounts.find(({ Id, Status }) => Status === 'ACTIVE' && ![ownAccount, organization.ManagementAccountId].includes(Id));
  const set = organization.PermissionSets.find(
    ({ PermissionSetArn }) => !organization.AccountAssignments.some((assignment) => assignment.PermissionSetArn === PermissionSetArn),
  );
  if (user === undefined || account === undefined || set === undefined) throw new Error('the fixture organization lacks what this test needs');
  const assignment = { principalId: user.UserId, accountId: account.Id, permissionSetArn: set.PermissionSetArn };
  const sign = (caller: string, keyId: string, type: EvidenceType, claims: object): Promise<string> =>
    createSigner(clients(caller).kms, keyId).sign(type, claims);
  let events = 0;

  return {
    ssoAdmin: standIns.ssoAdmin,
    assignment,
    byHand: { AccountId: account.Id, PermissionSetArn: set.PermissionSetArn, PrincipalType: 'USER' as const, PrincipalId: user.UserId },
    now: () => timeline.now(),
    run: (ms: number) => runUntil(timeline, { ms: timeline.now() + ms }),

    /** A window of the n-th request that may be opened in so many minutes, with evidence signed by those who may. */
    async window(n: number, durationMinutes = 10, opensInMinutes = 0): Promise<AccessWindowOpenedV1> {
      const requestId = requestIdOf(n);
      const grantId = grantIdOf(requestId, account.Id, set.PermissionSetArn);
      const now = timeline.now();
      const from = now + opensInMinutes * minute;
      const window = {
        notBefore: iso(from),
        openBy: iso(from + 60 * minute),
        durationMinutes,
        latestEnd: iso(from + (75 + durationMinutes) * minute),
      };
      const requestDigest = 'a'.repeat(64);
      const acceptance = await sign('team.request', keys.acceptance, 'team-acceptance+jws', {
        requestId,
        requestDigest,
        requester: user.UserId,
        grantIds: [grantId],
        durationMinutes,
        approvalRequired: true,
        breakGlass: false,
        acceptedAt: iso(now),
      });
      const decision = await sign('channel', keys.channel, 'team-decision+jws', {
        requestId,
        requestDigest,
        decisionId: requestIdOf(1_000 + n),
        decider: '94482488-0000-7000-8000-000000000001',
        verdict: 'approve',
        auth_time: now / 1000,
        exp: now / 1000 + 300,
      });
      const proof = await sign('team.approval', keys.proof, 'team-proof+jws', {
        ...window,
        ...assignment,
        grantId,
        requestId,
        acceptanceHash: evidenceHash(acceptance),
        decisionHashes: [evidenceHash(decision)],
        approvalDigest: 'b'.repeat(64),
      });
      return {
        requestId,
        principal: { userId: user.UserId, userName: user.UserName },
        grant: {
          grantId,
          accountId: account.Id,
          accountName: account.Name,
          permissionSetArn: set.PermissionSetArn,
          permissionSetName: set.Name,
          sessionDurationMinutes: 60,
        },
        window,
        breakGlass: false,
        proof,
        acceptance,
        decisions: [decision],
        openedAt: iso(now),
      };
    },

    /** Puts a fact of expiry on the bus; its event id. */
    async say(contract: EventContract, data: object, eventId?: string): Promise<string> {
      events += 1;
      const metadata = { eventId: eventId ?? requestIdOf(5_000 + events), requestId: 'requestId' in data ? data.requestId : undefined, occurredAt: iso(timeline.now()) };
      const Detail = JSON.stringify(contract.validate(JSON.parse(JSON.stringify({ metadata, data }))));
      const entry = { EventBusName: busName, Source: 'team.expiry', DetailType: contract.detailType, Detail };
      const answer = await clients('team.expiry').eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
      if (answer.FailedEntryCount !== 0) throw new Error(`the bus refuses: ${JSON.stringify(answer.Entries)}`);
      return metadata.eventId;
    },
    opened(data: AccessWindowOpenedV1, eventId?: string): Promise<string> {
      return this.say(accessWindowOpenedV1, data, eventId);
    },
    expired({ requestId, grant }: AccessWindowOpenedV1, repetition = 0): Promise<string> {
      return this.say(accessExpiredV1, { requestId, grantId: grant.grantId, assignment, endedAt: iso(timeline.now()), repetition });
    },
    revoked({ requestId, grant }: AccessWindowOpenedV1, opened: boolean): Promise<string> {
      const by = { kind: 'service', name: 'expiry' };
      const reason = { code: 'ERR_TEST', message: 'ended early' };
      return this.say(accessRevokedV1, { requestId, grantId: grant.grantId, assignment, endedAt: iso(timeline.now()), repetition: 0, by, reason, opened });
    },
    /** What the service said, in order: `AccessGranted.v1 created`. */
    said: (): string[] =>
      standIns.bus
        .archived('team')
        .filter(({ event }) => event.source === 'team.provisioning')
        .map(({ event }) => {
          const { data } = JSON.parse(JSON.stringify(event.detail)) as { data: { how?: string; repair?: string; reason?: { code: string }; final?: boolean } };
          const how = data.how ?? data.repair ?? (data.reason === undefined ? '' : `${data.reason.code}${data.final === false ? ' (goes on)' : ''}`);
          return `${event['detail-type']} ${how}`.trim();
        }),
    /** What `ListAccountAssignments` says. */
    async listed(): Promise<number> {
      const input = { InstanceArn: organization.InstanceArn, AccountId: account.Id, PermissionSetArn: set.PermissionSetArn };
      const answer = await clients('operator').ssoAdmin.send(new ListAccountAssignmentsCommand(input));
      return answer.AccountAssignments?.filter(({ PrincipalId }) => PrincipalId === user.UserId).length ?? 0;
    },
  };
}
