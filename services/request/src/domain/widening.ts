import type { EligibilityPolicy, Limits, TagMatch } from './policy.ts';

/**
 * What a change of eligibility policy makes wider (who, what, how long, or less approval), one sentence each; nothing where it only
 * narrows. Absent: there is no policy. What cannot be seen to be narrower counts as wider.
 */
export function widenedEligibility(before: EligibilityPolicy | undefined, after: EligibilityPolicy | undefined): readonly string[] {
  const policyId = after?.policyId ?? before?.policyId ?? '';
  if (after === undefined) return before?.effect === 'deny' ? [`${policyId} denies nothing any more`] : [];
  if (after.effect === 'deny') {
    if (before === undefined || before.effect !== 'deny') return [];
    return [...setsGrown(after, before, 'no longer denies'), ...(sameTimes(before, after) ? [] : ['it denies at other times'])];
  }
  if (before === undefined) return [`${policyId} is new: it lets people have ${after.permissionSetArns.length} permission sets for up to ${after.maximumDurationMinutes ?? 0} minutes`];
  if (before.effect === 'deny') return [`${policyId} allows what it denied`];
  return [...setsGrown(before, after, 'adds'), ...rulesLoosened(before, after), ...(sameTimes(before, after) ? [] : ['it allows at other times'])];
}

type Named = Pick<EligibilityPolicy, 'principals' | 'targets' | 'permissionSetArns' | 'permissionSetTags'>;

/** What the second names beyond the first. */
function setsGrown(first: Named, second: Named, verb: string): string[] {
  return [
    ...more('groups', first.principals.groupIds, second.principals.groupIds),
    ...more('people', first.principals.userIds, second.principals.userIds),
    ...more('accounts', first.targets.accountIds, second.targets.accountIds),
    ...more('organizational units', first.targets.organizationalUnitIds, second.targets.organizationalUnitIds),
    ...more('account tags', tagTexts(first.targets.accountTags), tagTexts(second.targets.accountTags)),
    ...more('permission sets', first.permissionSetArns, second.permissionSetArns),
    ...more('permission set tags', tagTexts(first.permissionSetTags), tagTexts(second.permissionSetTags)),
  ];
  function more(what: string, had: readonly string[], has: readonly string[]): string[] {
    const added = has.filter((one) => !had.includes(one));
    return added.length === 0 ? [] : [`it ${verb} ${what}: ${added.slice(0, 5).join(', ')}${added.length > 5 ? ` and ${added.length - 5} more` : ''}`.slice(0, 300)];
  }
}

/** In quotes: a key may hold `=` and a value as well, and no two tags may have one text. */
const tagTexts = (tags: readonly TagMatch[] = []): string[] =>
  tags.flatMap(({ key, values }) => (values === undefined ? [JSON.stringify(key)] : values.map((value) => `${JSON.stringify(key)}=${JSON.stringify(value)}`)));

function rulesLoosened(before: EligibilityPolicy, after: EligibilityPolicy): string[] {
  const loosened: [boolean, string][] = [
    [(after.maximumDurationMinutes ?? 0) > (before.maximumDurationMinutes ?? 0), `it lasts up to ${after.maximumDurationMinutes ?? 0} minutes instead of ${before.maximumDurationMinutes ?? 0}`],
    [before.approval !== 'not-required' && after.approval === 'not-required', 'it needs no approval any more'],
    [before.ticket === 'required' && after.ticket !== 'required', 'it needs no ticket any more'],
    [before.ticketPattern !== undefined && after.ticketPattern !== before.ticketPattern, 'it takes other tickets'],
    [before.justification === 'required' && after.justification !== 'required', 'it needs no justification any more'],
    [(after.justificationMinimumCharacters ?? 0) < (before.justificationMinimumCharacters ?? 0), 'it takes shorter justifications'],
    [before.breakGlass !== 'allowed' && after.breakGlass === 'allowed', 'it allows break glass'],
    [(after.startNoEarlierThanMinutes ?? 0) < (before.startNoEarlierThanMinutes ?? 0), 'it takes sooner starts'],
    [(after.startNoLaterThanDays ?? Infinity) > (before.startNoLaterThanDays ?? Infinity), 'it takes later starts'],
  ];
  return loosened.flatMap(([holds, says]) => (holds ? [says] : []));
}

/** Whether it holds at no other moments. Hours that are not the same are taken to be others, unless some were only left out. */
function sameTimes(before: EligibilityPolicy, after: EligibilityPolicy): boolean {
  const denies = after.effect === 'deny';
  const [wide, narrow] = denies ? [after, before] : [before, after];
  const from = (policy: EligibilityPolicy): number => (policy.validFrom === undefined ? -Infinity : Date.parse(policy.validFrom));
  const until = (policy: EligibilityPolicy): number => (policy.validUntil === undefined ? Infinity : Date.parse(policy.validUntil));
  const hours = (policy: EligibilityPolicy): readonly string[] => (policy.timeWindows ?? []).map((window) => JSON.stringify(window));
  const within = wide.timeWindows === undefined || (narrow.timeWindows !== undefined && hours(narrow).every((one) => hours(wide).includes(one)));
  return from(narrow) >= from(wide) && until(narrow) <= until(wide) && within;
}

/** What a change of limits makes wider. */
export function widenedLimits(before: Limits | undefined, after: Limits | undefined): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const people = (all: { readonly groupIds: readonly string[]; readonly userIds: readonly string[] }): string[] => [...all.groupIds, ...all.userIds];
  const caps = new Map((after.openRequestsPerPermissionSet ?? []).map(({ permissionSetArn, perUser }) => [permissionSetArn, perUser]));
  const loosened: [boolean, string][] = [
    [after.maximumDurationMinutes > before.maximumDurationMinutes, `access may last ${after.maximumDurationMinutes} minutes instead of ${before.maximumDurationMinutes}`],
    // A stage is escalated to others only before the deadline: a later one lets more people say yes.
    [after.approvalDeadlineMinutes > before.approvalDeadlineMinutes, `a request may wait ${after.approvalDeadlineMinutes} minutes for approval instead of ${before.approvalDeadlineMinutes}, and be escalated meanwhile`],
    [after.openRequestsPerUser > before.openRequestsPerUser, `${after.openRequestsPerUser} requests may be open instead of ${before.openRequestsPerUser}`],
    [(before.openRequestsPerPermissionSet ?? []).some(({ permissionSetArn, perUser }) => (caps.get(permissionSetArn) ?? Infinity) > perUser), 'more requests for one permission set may be open'],
    [after.startNoLaterThanDays > before.startNoLaterThanDays, `a start may be ${after.startNoLaterThanDays} days ahead instead of ${before.startNoLaterThanDays}`],
    [before.justification === 'required' && after.justification !== 'required', 'no justification is needed any more'],
    [before.sessionLongerThanGrant === 'refuse' && after.sessionLongerThanGrant !== 'refuse', 'sessions may outlast grants'],
    [before.decisionComment === 'required' && after.decisionComment !== 'required', 'who decides need not say why any more'],
    [before.secondAdministrator !== 'not-required' && after.secondAdministrator === 'not-required', 'one administrator alone may widen access'],
    [(after.breakGlassMaximumMinutes ?? 60) > (before.breakGlassMaximumMinutes ?? 60), 'break glass may last longer'],
    [(after.reviewWithinMinutes ?? 1_440) > (before.reviewWithinMinutes ?? 1_440), 'break glass may go without review for longer'],
    [people(after.administrators).some((one) => !people(before.administrators).includes(one)), 'there are more administrators'],
    [people(after.auditors).some((one) => !people(before.auditors).includes(one)), 'there are more auditors, who may read everything'],
    [before.protectedAccountIds.some((one) => !after.protectedAccountIds.includes(one)), 'fewer accounts are protected'],
  ];
  return loosened.flatMap(([holds, says]) => (holds ? [says] : []));
}
