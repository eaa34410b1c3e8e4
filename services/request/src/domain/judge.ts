import { judgeEligibility } from './eligibility.ts';
import { askFor } from './ask-for.ts';
import type { AcceptedTarget, Stretch } from './events.ts';
import { aboutExtension, beginningOf, wholeStretch } from './extension.ts';
import { askerForAnother, type FoundPerson, type KnownPermissionSet, type KnownTarget, type RequestFacts } from './facts.ts';
import { includes, type KnownPerson } from './people.ts';
import type { EligibilityPolicy } from './policy.ts';
import type { Reason, RejectionReason } from './reasons.ts';

export type Judgement =
  | { readonly allowed: false; readonly reasons: readonly RejectionReason[] }
  | {
      readonly allowed: true;
      readonly requester: KnownPerson;
      readonly askedBy: KnownPerson | undefined;
      readonly targets: readonly AcceptedTarget[];
      readonly durationMinutes: number;
      /** Of an extension. */
      readonly stretch?: Stretch;
      readonly approvalRequired: boolean;
      readonly warnings: readonly Reason[];
    };

/** A start may lie this far in the past when the intent arrives (ms): clocks differ and events take their time. */
const lateStartMs = 5 * 60_000;
const dayMs = 86_400_000;
/** Most targets of one request, bundles taken apart: each stands in the facts that follow. */
const maximumTargets = 50;

/** Judges a request by everything that is known, and gives *all* reasons against it at once. Pure. */
export function judgeRequest(facts: RequestFacts): Judgement {
  const { asked, limits, requester } = facts;
  const durationMinutes = asked.durationMinutes ?? limits.defaultDurationMinutes;
  const stretch = durationMinutes === undefined ? undefined : wholeStretch(facts, durationMinutes);
  const lasts = stretch?.durationMinutes ?? durationMinutes;
  const reasons: RejectionReason[] = [
    ...aboutEmitter(facts),
    ...aboutPeople(facts),
    ...aboutExtension(facts),
    ...aboutTimeAndWords(facts, lasts),
    ...facts.bundleProblems,
  ];
  const person = typeof requester === 'object' ? requester : undefined;
  const targets: AcceptedTarget[] = [];
  const policies: EligibilityPolicy[] = [];
  const warnings: Reason[] = [];

  for (const target of facts.targets) {
    const problems: Reason[] = [...aboutTarget(target, facts)];
    const { account, permissionSet } = target;
    if (problems.length === 0 && account !== undefined && permissionSet !== undefined && person !== undefined && lasts !== undefined) {
      const ask = { ...askFor(account, permissionSet, { ...asked, durationMinutes: lasts }, facts.receivedAt), ...beginningOf(stretch) };
      const eligibility = judgeEligibility(person, ask, facts.policies, limits);
      if ('problems' in eligibility) {
        problems.push(...eligibility.problems);
      } else {
        policies.push(eligibility.policy);
        targets.push({
          accountId: account.id,
          accountName: account.name,
          permissionSetArn: permissionSet.arn,
          permissionSetName: permissionSet.name,
          sessionDurationMinutes: permissionSet.sessionDurationMinutes,
          organizationalUnitIds: account.ouPath,
          policyId: eligibility.policy.policyId,
        });
        const session = aboutSession(permissionSet, lasts);
        if (session !== undefined) (limits.sessionLongerThanGrant === 'refuse' ? problems : warnings).push(session);
      }
    }
    reasons.push(...problems.map((problem) => ({ ...problem, target: nameOf(target) })));
  }
  reasons.push(...twiceNamed(facts.targets));

  if (facts.targets.length > maximumTargets) {
    reasons.push({ code: 'ERR_TOO_MANY_TARGETS', message: `the bundles come to ${facts.targets.length} targets, at most ${maximumTargets} fit in one request` });
  }
  if (reasons.length > 0 || person === undefined || durationMinutes === undefined) return { allowed: false, reasons };
  return {
    allowed: true,
    requester: person,
    askedBy: typeof facts.askedBy === 'object' ? facts.askedBy : undefined,
    targets,
    durationMinutes,
    ...(stretch === undefined ? {} : { stretch: { requestId: stretch.requestId, durationMinutes: stretch.durationMinutes } }),
    approvalRequired: asked.breakGlass !== true && policies.some((policy) => policy.approval !== 'not-required'),
    warnings,
  };
}

function* aboutEmitter({ emitter, requester, askedBy, asked }: RequestFacts): Generator<RejectionReason> {
  if (emitter === undefined) {
    yield { code: 'ERR_EMITTER_UNKNOWN', message: 'no emitter is registered with this source, account and detail-type' };
    return;
  }
  const { mayAskFor, mayAskForOthers, mayBreakGlass } = emitter;
  const forSubject =
    mayAskFor === 'everyone' || (mayAskFor !== undefined && typeof requester === 'object' && includes(mayAskFor, requester));
  if (!forSubject) {
    yield { code: 'ERR_EMITTER_NOT_FOR_SUBJECT', message: `emitter "${emitter.name}" may not ask for this requester` };
  }
  const another = askerForAnother({ requester, askedBy });
  if (another !== undefined && mayAskForOthers !== undefined && !includes(mayAskForOthers, another)) {
    yield { code: 'ERR_MAY_NOT_ASK_FOR_OTHERS', message: `${another.userName} may not ask for somebody else through emitter "${emitter.name}"`, field: 'data.askedBy' };
  }
  if (asked.breakGlass === true && mayBreakGlass !== true) {
    yield { code: 'ERR_EMITTER_NO_BREAK_GLASS', message: `emitter "${emitter.name}" may not break glass`, field: 'data.breakGlass' };
  }
}

function* aboutPeople({ asked, requester, askedBy }: RequestFacts): Generator<RejectionReason> {
  yield* aboutPerson(requester, asked.requester, 'data.requester');
  if (asked.askedBy !== undefined) yield* aboutPerson(askedBy, asked.askedBy, 'data.askedBy');
}

function* aboutPerson(person: FoundPerson, ref: string, field: string): Generator<RejectionReason> {
  const ambiguous = `several users are called "${ref}"; give the user id`;
  if (person === undefined) yield { code: 'ERR_USER_UNKNOWN', message: `the identity store has no user "${ref}"`, field };
  else if (person === 'ambiguous') yield { code: 'ERR_USER_AMBIGUOUS', message: ambiguous, field };
  else if (!person.enabled) yield { code: 'ERR_USER_DISABLED', message: `user "${person.userName}" is disabled`, field };
}

function* aboutTimeAndWords({ asked, receivedAt, limits }: RequestFacts, durationMinutes: number | undefined): Generator<RejectionReason> {
  const { startAt } = asked;
  if (durationMinutes === undefined) {
    yield { code: 'ERR_DURATION_MISSING', message: 'say for how long; the limits have no usual duration', field: 'data.durationMinutes' };
  } else if (durationMinutes > limits.maximumDurationMinutes) {
    yield {
      code: 'ERR_DURATION_OVER_LIMIT',
      message: `${durationMinutes} minutes asked${asked.extends === undefined ? '' : ' with what is extended'}, the global limit is ${limits.maximumDurationMinutes}`,
      field: 'data.durationMinutes',
    };
  }
  if (startAt !== undefined && asked.breakGlass === true) {
    yield { code: 'ERR_BREAK_GLASS_SCHEDULED', message: 'break glass begins at once; leave out the start', field: 'data.startAt' };
  } else if (startAt !== undefined) {
    const start = Date.parse(startAt);
    if (start < receivedAt - lateStartMs) {
      yield { code: 'ERR_START_IN_PAST', message: `the start ${startAt} has passed`, field: 'data.startAt' };
    }
    if (start > receivedAt + limits.startNoLaterThanDays * dayMs) {
      const message = `a start may be at most ${limits.startNoLaterThanDays} days ahead`;
      yield { code: 'ERR_START_TOO_LATE', message, field: 'data.startAt' };
    }
  }
  if (limits.justification === 'required' && (asked.justification ?? '').trim() === '') {
    yield { code: 'ERR_JUSTIFICATION_MISSING', message: 'a justification is required', field: 'data.justification' };
  }
}

function* aboutTarget({ account, permissionSet, asked }: KnownTarget, facts: RequestFacts): Generator<Reason> {
  const id = asked.accountId;
  if (id === facts.managementAccountId) {
    yield {
      code: 'ERR_MANAGEMENT_ACCOUNT',
      message:
        `${id} is the management account of the organization: TEAM runs in a delegated administrator account, ` +
        'which cannot assign anything there',
    };
  } else if (id === facts.ownAccountId) {
    const message = `${id} is the account in which TEAM itself runs; access to it is never given through TEAM`;
    yield { code: 'ERR_TEAM_ACCOUNT', message };
  } else if (facts.limits.protectedAccountIds.includes(id)) {
    yield { code: 'ERR_PROTECTED_ACCOUNT', message: `${id} is a protected account; access to it is never given through TEAM` };
  } else if (account === undefined) {
    yield { code: 'ERR_ACCOUNT_UNKNOWN', message: `the organization has no account ${id}` };
  } else if (account.status !== 'ACTIVE') {
    yield { code: 'ERR_ACCOUNT_NOT_ACTIVE', message: `account ${id} is ${account.status}` };
  }
  if (permissionSet === undefined) {
    yield { code: 'ERR_PERMISSION_SET_UNKNOWN', message: `Identity Center has no permission set "${askedSet(asked)}"` };
  } else if (facts.managementPermissionSets.has(permissionSet.arn)) {
    yield {
      code: 'ERR_MANAGEMENT_PERMISSION_SET',
      message: `"${permissionSet.name}" is provisioned in the management account: a delegated administrator cannot manage it`,
    };
  }
}

function aboutSession(set: KnownPermissionSet, durationMinutes: number): Reason | undefined {
  if (set.sessionDurationMinutes <= durationMinutes) return undefined;
  return {
    code: 'ERR_SESSION_OUTLASTS_GRANT',
    message:
      `sessions of "${set.name}" last ${set.sessionDurationMinutes} minutes: credentials issued just before the end ` +
      `work that long after it, the grant lasts only ${durationMinutes}`,
  };
}

function twiceNamed(targets: readonly KnownTarget[]): RejectionReason[] {
  const seen = new Set<string>();
  return targets.flatMap((target) => {
    const key = `${target.asked.accountId}/${target.permissionSet?.arn ?? askedSet(target.asked)}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ code: 'ERR_TARGET_TWICE', message: 'the same target is named twice', target: nameOf(target) }];
  });
}

const askedSet = (asked: KnownTarget['asked']): string => ('permissionSetArn' in asked ? asked.permissionSetArn : asked.permissionSetName);

const nameOf = ({ asked, permissionSet }: KnownTarget) => ({
  accountId: asked.accountId,
  permissionSet: permissionSet?.name ?? askedSet(asked),
});
