import type { EligibilityPolicy, TimeWindow } from './policy.ts';
import type { Reason } from './reasons.ts';
import { isTimeZone } from './time-windows.ts';

const incomplete = (message: string): Reason => ({ code: 'ERR_POLICY_INCOMPLETE', message });
const senseless = (message: string): Reason => ({ code: 'ERR_POLICY_SENSELESS', message });

/** What of a policy by itself can not be meant so. `patternProblem` says what is wrong with a regular expression. */
export function senseProblems(policy: EligibilityPolicy, patternProblem: (pattern: string) => string | undefined): Reason[] {
  return [...aboutEffect(policy), ...aboutNames(policy), ...aboutTimes(policy), ...aboutPattern(policy, patternProblem)];
}

function* aboutEffect({ effect, maximumDurationMinutes, approval, ...rules }: EligibilityPolicy): Generator<Reason> {
  if (effect !== 'deny') {
    if (maximumDurationMinutes === undefined) yield incomplete('a policy that allows says for how long: maximumDurationMinutes');
    if (approval === undefined) yield incomplete('a policy that allows says whether approval is required: approval');
    return;
  }
  const { ticket, ticketPattern, justification, justificationMinimumCharacters, breakGlass, startNoEarlierThanMinutes, startNoLaterThanDays } = rules;
  const given = { maximumDurationMinutes, approval, ticket, ticketPattern, justification, justificationMinimumCharacters, breakGlass, startNoEarlierThanMinutes, startNoLaterThanDays };
  const named = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (named.length > 0) yield senseless(`a policy that denies has no ${named.join(', ')}`);
}

function* aboutNames({ principals, targets, permissionSetArns, permissionSetTags = [] }: EligibilityPolicy): Generator<Reason> {
  if (principals.groupIds.length + principals.userIds.length === 0) yield incomplete('the policy is for no group and for nobody');
  if (targets.accountIds.length + targets.organizationalUnitIds.length + (targets.accountTags ?? []).length === 0) yield incomplete('the policy names no account, no organizational unit and no tag');
  if (permissionSetArns.length + permissionSetTags.length === 0) yield incomplete('the policy names no permission set and no tag of one');
}

function* aboutTimes({ validFrom, validUntil, timeWindows = [] }: EligibilityPolicy): Generator<Reason> {
  if (validFrom !== undefined && validUntil !== undefined && Date.parse(validFrom) >= Date.parse(validUntil)) yield senseless(`validUntil ${validUntil} is not after validFrom ${validFrom}`);
  const unknown = timeWindows.filter(({ timeZone }: TimeWindow) => !isTimeZone(timeZone)).map(({ timeZone }) => timeZone);
  if (unknown.length > 0) yield senseless(`there is no time zone ${[...new Set(unknown)].join(', ')}`);
}

function* aboutPattern({ ticketPattern }: EligibilityPolicy, patternProblem: (pattern: string) => string | undefined): Generator<Reason> {
  const problem = ticketPattern === undefined ? undefined : patternProblem(ticketPattern);
  if (problem !== undefined) yield senseless(`ticketPattern ${problem}`);
}
