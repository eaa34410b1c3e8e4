import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListAccountAssignmentsCommand } from '@aws-sdk/client-sso-admin';
import type { AccessRequestedV1, DataOf, EventContract } from '@team/contracts';
import { accessReviewSubmittedV1, accessRevocationRequestedV1, approvalDecisionSubmittedV1, policyChangeDecidedV1 } from '@team/contracts';
import { manifest as portal } from '@team/portal/manifest';
import { createSigner, resourceNames, toTimestamp, uuidv7Source, type DecisionClaims, type PolicyDecisionClaims, type ReviewClaims } from '@team/runtime';
import { memoryStore, runUntil, seededRandom, virtualTimeline, type ArchivedEvent, type VirtualTimeline } from '../cloud/index.ts';
import type { Organization } from '../identity/index.ts';
import type { LoadedPolicies } from '../policies/index.ts';
import { createSystem, type System } from '../system/create-system.ts';
import type { SystemOptions } from '../system/options.ts';
import { archiveName, busName, localChannel, localChannelKey, portalEmitters, prefix } from '../system/who.ts';

/** Through which emitters people speak, and with which key it is signed what they decide. */
export interface Channel {
  readonly asks: string;
  readonly decides: string;
  readonly key: string;
}

export const throughLocalChannel: Channel = { asks: 'local-channel', decides: 'local-channel', key: localChannelKey };
/** As the portal's two doors do; only in a world that has the portal. */
export const throughPortal: Channel = { asks: 'portal', decides: 'portal-decisions', key: resourceNames.signingKeyAlias(prefix, portal.signingKey) };

export interface WorldOptions {
  readonly organization: Organization;
  readonly policies: LoadedPolicies;
  readonly startAt: string;
  readonly seed: number;
  /** Where time passes; its own, beginning at `startAt`, where it is not given. */
  readonly timeline?: VirtualTimeline;
  /** The local channel unless told. */
  readonly channel?: Channel;
  readonly more?: Partial<SystemOptions>;
}

/** An event as the bus took it. */
export interface SeenEvent {
  readonly time: string;
  readonly source: string;
  readonly account: string;
  readonly detailType: string;
  readonly detail: { readonly metadata: Readonly<Record<string, unknown>>; readonly data: Readonly<Record<string, unknown>> };
}

/** The whole product in virtual time, and the people and systems around it. */
export interface World {
  readonly system: System;
  readonly organization: Organization;
  now(): number;
  newId(): string;
  /** Puts an intent on the bus as an emitter does, with its own credentials. Gives its event id; rejects where the bus refuses. */
  emit<C extends EventContract>(emitter: string, contract: C, data: DataOf<C>, eventId?: string): Promise<string>;
  /** Puts anything on the bus past its policy, as an intruder with stolen rights would. */
  inject(source: string, detailType: string, detail: object, accountId?: string): void;
  /** Decides as a person who is signed in at the channel; `decider` is how the channel's signature names them, by user id unless given. */
  decide(requestId: string, verdict: 'approve' | 'deny', userName: string, comment?: string, decider?: string): Promise<void>;
  /** Agrees or disagrees with a proposed change of policy, as an administrator who is signed in at the channel. */
  decideChange(changeId: string, verdict: 'agree' | 'disagree', userName: string): Promise<void>;
  /** Says what somebody finds of a break glass who is signed in at the channel; `claims` is what its signature says otherwise. */
  review(requestId: string, verdict: ReviewClaims['verdict'], userName: string, claims?: Partial<ReviewClaims>, comment?: string): Promise<void>;
  revoke(requestId: string, userName: string, reason?: string): Promise<void>;
  /** All events of the bus so far, or those of one request. */
  events(requestId?: string): SeenEvent[];
  /** Those from this place in the bus's order on; the first is 1. */
  eventsFrom(sequence: number): SeenEvent[];
  /** User ids that `ListAccountAssignments` answers for a permission set in an account. */
  assigned(accountId: string, permissionSetArn: string): Promise<string[]>;
  /** Lets time pass until an event of this type (of this request) is on the bus after now, or fails after `withinMinutes`. */
  until(detailType: string, requestId?: string, withinMinutes?: number): Promise<SeenEvent>;
  pass(minutes: number): Promise<void>;
  user(userName: string): Organization['Users'][number];
  permissionSet(name: string): Organization['PermissionSets'][number];
}

const minuteMs = 60_000;

/** Starts a world; nothing has happened in it yet. */
export async function createWorld({ organization, policies, startAt, seed, timeline = virtualTimeline(Date.parse(startAt)), channel = throughLocalChannel, more = {} }: WorldOptions): Promise<World> {
  const random = seededRandom(seed);
  const system = await createSystem({
    organization,
    policies,
    store: memoryStore(),
    timeline,
    executionClock: timeline,
    random,
    logLevel: 'SILENT',
    endpoint: 'http://localhost',
    maxAttempts: 1,
    ...more,
  });
  const newId = uuidv7Source(() => timeline.now(), () => Uint8Array.from({ length: 16 }, () => Math.floor(random.next() * 256)));
  const operator = system.clients('operator');
  const signer = createSigner(system.clients(channel.decides).kms, channel.key);
  const { DelegatedAdministratorAccountId: ownAccount } = organization;
  const sources = new Map([...policies.emitters, localChannel(ownAccount), ...portalEmitters(portal, ownAccount)].map(({ name, source }) => [name, source]));
  const signedInNow = () => {
    const seconds = Math.floor(timeline.now() / 1000);
    return { auth_time: seconds, exp: seconds + 300 };
  };

  const named = <T>(found: T | undefined, what: string): T => {
    if (found === undefined) throw new Error(`this world has no ${what}`);
    return found;
  };
  const user = (userName: string) => named(organization.Users.find((one) => one.UserName.toLowerCase() === userName.toLowerCase()), `user ${userName}`);
  const seen = ({ event }: ArchivedEvent): SeenEvent => ({
    time: event.time,
    source: event.source,
    account: event.account,
    detailType: event['detail-type'],
    detail: event.detail as SeenEvent['detail'],
  });
  // What was read once is not read again: a long story has many events.
  const all: SeenEvent[] = [];
  const ofRequests = new Map<string, SeenEvent[]>();
  const events = (requestId?: string): SeenEvent[] => {
    for (const event of system.bus.archived(archiveName, all.length + 1).map(seen)) {
      all.push(event);
      // What anybody put on the bus need not have any.
      const { metadata }: Partial<SeenEvent['detail']> = event.detail;
      const key = String(metadata?.['requestId']);
      const before = ofRequests.get(key);
      if (before === undefined) ofRequests.set(key, [event]);
      else before.push(event);
    }
    return [...(requestId === undefined ? all : (ofRequests.get(requestId) ?? []))];
  };

  const emit: World['emit'] = async (emitter, contract, data, eventId = newId()) => {
    const source = named(sources.get(emitter), emitter);
    const requestId = 'requestId' in data ? { requestId: data.requestId } : {};
    const detail = { metadata: { eventId, occurredAt: toTimestamp(timeline.now()), ...requestId }, data };
    const answer = await system.clients(emitter).eventBridge.send(
      new PutEventsCommand({ Entries: [{ EventBusName: busName, Source: source, DetailType: contract.detailType, Detail: JSON.stringify(detail) }] }),
    );
    const [entry] = answer.Entries ?? [];
    if (entry?.ErrorCode !== undefined) throw new Error(`${entry.ErrorCode}: ${entry.ErrorMessage ?? ''}`);
    return eventId;
  };

  return {
    system,
    organization,
    now: () => timeline.now(),
    newId,
    emit,
    inject(source, detailType, detail, accountId) {
      const answer = system.bus.injectUnchecked({
        EventBusName: busName,
        Source: source,
        DetailType: detailType,
        Detail: JSON.stringify(detail),
        ...(accountId === undefined ? {} : { accountId }),
      });
      if (!('EventId' in answer)) throw new Error(JSON.stringify(answer));
    },
    async decide(requestId, verdict, userName, comment, decider = user(userName).UserId) {
      const asked = named(
        events(requestId).findLast(({ detailType }) => detailType === 'ApprovalRequested.v1'),
        `approval asked for request ${requestId}`,
      );
      const decisionId = newId();
      const claims: DecisionClaims = {
        requestId,
        requestDigest: String(asked.detail.data['requestDigest']),
        decisionId,
        decider,
        verdict,
        ...signedInNow(),
      };
      const signature = await signer.sign('team-decision+jws', claims);
      const decision = { requestId, decisionId, verdict, decider: userName, signature };
      await emit(channel.decides, approvalDecisionSubmittedV1, { ...decision, ...(comment === undefined ? {} : { comment }) });
    },
    async decideChange(changeId, verdict, userName) {
      const proposed = named(
        events().findLast(({ detailType, detail }) => /PolicyChangeProposed|ApproverPolicyProposed/.test(detailType) && detail.data['changeId'] === changeId),
        `proposal ${changeId}`,
      );
      const { kind = 'ApproverPolicy', changeDigest } = proposed.detail.data;
      const claims: PolicyDecisionClaims = { changeId, changeDigest: String(changeDigest), decider: user(userName).UserId, verdict, ...signedInNow() };
      const signature = await signer.sign('team-policy-decision+jws', claims);
      await emit(channel.decides, policyChangeDecidedV1, { changeId, kind: String(kind) as 'Limits', decider: userName, verdict, signature });
    },
    async review(requestId, verdict, userName, claims = {}, comment) {
      const signed: ReviewClaims = { requestId, reviewer: user(userName).UserId, verdict, ...signedInNow(), ...claims };
      await emit(channel.decides, accessReviewSubmittedV1, { requestId, reviewer: userName, verdict, ...(comment === undefined ? {} : { comment }), signature: await signer.sign('team-review+jws', signed) });
    },
    async revoke(requestId, userName, reason) {
      await emit(channel.decides, accessRevocationRequestedV1, { requestId, by: userName, ...(reason === undefined ? {} : { reason }) });
    },
    events,
    eventsFrom: (sequence) => system.bus.archived(archiveName, sequence).map(seen),
    async assigned(accountId, permissionSetArn) {
      const { AccountAssignments = [] } = await operator.ssoAdmin.send(
        new ListAccountAssignmentsCommand({ InstanceArn: organization.InstanceArn, AccountId: accountId, PermissionSetArn: permissionSetArn }),
      );
      return AccountAssignments.flatMap(({ PrincipalId, PrincipalType }) => (PrincipalType === 'USER' && PrincipalId !== undefined ? [PrincipalId] : []));
    },
    async until(detailType, requestId, withinMinutes = 30) {
      const before = events(requestId).filter((event) => event.detailType === detailType).length;
      const limit = timeline.now() + withinMinutes * minuteMs;
      const found = (): SeenEvent | undefined => events(requestId).filter((event) => event.detailType === detailType)[before];
      await runUntil(timeline, { condition: () => found() !== undefined || timeline.now() > limit });
      // Where nothing happens for a while, time goes on beyond the limit at once, and brings what comes then.
      const event = found();
      const inTime = event !== undefined && Date.parse(event.time) <= limit;
      return named(inTime ? event : undefined, `${detailType} within ${withinMinutes} minutes`);
    },
    async pass(minutes) {
      await runUntil(timeline, { ms: timeline.now() + minutes * minuteMs });
    },
    user,
    permissionSet: (name) => named(organization.PermissionSets.find((set) => set.Name === name), `permission set ${name}`),
  };
}

/** What an emitter asks for, with what most requests have in common. */
export function ask(requestId: string, requester: string, accountId: string, permissionSetName: string, more: Partial<AccessRequestedV1> = {}) {
  return { requestId, requester, targets: [{ accountId, permissionSetName }], durationMinutes: 60, justification: 'rotate a leaked key', ...more };
}
