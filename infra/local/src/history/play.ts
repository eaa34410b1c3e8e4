import { accessRequestedV1, accessRevocationRequestedV1, eligibilityPolicySubmittedV1, type EligibilityPolicy } from '@team/contracts';
import { toTimestamp } from '@team/runtime';
import { runUntil, type VirtualTimeline } from '../cloud/index.ts';
import { throughPortal, type World } from '../play/world.ts';
import type { Cast } from './cast.ts';
import type { PastRequest } from './past-request.ts';

const minuteMs = 60_000;

/** What people do at their times, each as one of the system's emitters says it. Rejects with the first that could not be said. */
export interface Playing {
  readonly world: World;
  readonly timeline: VirtualTimeline;
  readonly plan: readonly PastRequest[];
  /** When it is over, at the earliest (ms since the epoch): what is on its way then is waited for. */
  readonly until: number;
  /** True when nothing is on its way. */
  readonly atRest: () => boolean;
  /** Called now and then with what part is done, 0 to 1. */
  readonly progress: (part: number) => void;
}

/** Plays requests and the one change of policy, to their ends. */
export async function play({ world, timeline, plan, until, atRest, progress }: Playing, policyChange?: PolicyChangeOfThePast): Promise<void> {
  const start = timeline.now();
  const failures: unknown[] = [];
  const soon = (at: number, act: () => Promise<unknown>): void => {
    timeline.at(at, () => void act().catch((error: unknown) => failures.push(error)));
  };
  for (const request of plan) soon(request.at, () => begin(request, world, soon));
  if (policyChange !== undefined) changePolicy(policyChange, world, soon);
  for (let now = start; now < until; ) {
    now = Math.min(now + 60 * minuteMs, until);
    await runUntil(timeline, { ms: now });
    if (failures.length > 0) throw failures[0];
    progress((now - start) / (until - start));
  }
  for (let minute = 0; !atRest(); minute += 1) {
    if (minute === 90) throw new Error('the past does not come to rest');
    await runUntil(timeline, { ms: timeline.now() + minuteMs });
  }
}

type Soon = (at: number, act: () => Promise<unknown>) => void;

async function begin(request: PastRequest, world: World, soon: Soon): Promise<void> {
  const { at, requester, emitter = throughPortal.asks, durationMinutes, acts, extension, startsAfter } = request;
  const requestId = world.newId();
  if (request.fails === true) world.system.ssoAdmin.failNext('creation', 'The role could not be provisioned in the account.');
  const asked = {
    requester,
    targets: request.accounts.map((accountId) => ({ accountId, permissionSetName: request.permissionSet })),
    justification: request.justification,
    ...(request.ticket === undefined ? {} : { ticket: { id: request.ticket } }),
  };
  await world.emit(emitter, accessRequestedV1, {
    ...asked,
    requestId,
    durationMinutes,
    ...(startsAfter === undefined ? {} : { startAt: toTimestamp(at + startsAfter * minuteMs) }),
    ...(request.breakGlass === undefined ? {} : { breakGlass: true }),
  });
  for (const { after, by, does, words } of acts) {
    soon(at + after * minuteMs, async () => {
      if (does === 'approve' || does === 'deny') await world.decide(requestId, does, by, words);
      else if (does === 'end') await world.emit(throughPortal.decides, accessRevocationRequestedV1, { requestId, by, ...(words === undefined ? {} : { reason: words }) });
      else await world.review(requestId, does === 'find justified' ? 'justified' : 'not-justified', by, {}, words);
    });
  }
  if (extension === undefined) return;
  const { after, approver } = extension;
  const longer = world.newId();
  soon(at + after * minuteMs, () => world.emit(emitter, accessRequestedV1, { ...asked, requestId: longer, durationMinutes: extension.durationMinutes, extends: requestId }));
  if (approver !== undefined) soon(at + (after + 6) * minuteMs, () => world.decide(longer, 'approve', approver));
}

/** A policy that one administrator proposes and another agrees to (ms since the epoch). */
export interface PolicyChangeOfThePast {
  readonly at: number;
  readonly proposer: string;
  readonly agreedAt: number;
  readonly agreeing: string;
  readonly policy: EligibilityPolicy;
}

function changePolicy({ at, proposer, agreedAt, agreeing, policy }: PolicyChangeOfThePast, world: World, soon: Soon): void {
  const changeId = world.newId();
  soon(at, () => world.emit(throughPortal.decides, eligibilityPolicySubmittedV1, { changeId, submittedBy: proposer, policyId: policy.policyId, expectedVersion: 0, policy }));
  soon(agreedAt, () => world.decideChange(changeId, 'agree', agreeing));
}

/** Those who work with data may work in the test accounts, after somebody has agreed. */
export function policyOfThePast({ administrators: [proposer, agreeing] }: Cast, { organization }: World, at: number): PolicyChangeOfThePast | undefined {
  const group = organization.Groups.find(({ DisplayName }) => DisplayName === 'Data Engineers');
  const unit = organization.OrganizationalUnits.find(({ Name }) => Name === 'Test');
  const set = organization.PermissionSets.find(({ Name }) => Name === 'DataScientist');
  if (proposer === undefined || agreeing === undefined || group === undefined || unit === undefined || set === undefined) return undefined;
  const policy: EligibilityPolicy = {
    policyId: 'data-engineers-in-test',
    principals: { groupIds: [group.GroupId], userIds: [] },
    targets: { accountIds: [], organizationalUnitIds: [unit.Id] },
    permissionSetArns: [set.PermissionSetArn],
    maximumDurationMinutes: 240,
    approval: 'required',
  };
  return { at, proposer: proposer.userName, agreedAt: at + 41 * minuteMs, agreeing: agreeing.userName, policy };
}
