import type { Ask } from './ask.ts';
import type { EligibilityPolicy, Limits } from './policy.ts';
import type { Reason } from './reasons.ts';
import { liesWithin, type Span } from './time-windows.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Break glass is short where nobody says how short. */
const usualBreakGlassMinutes = 60;

/** What of a policy's own rules stands against an ask that it covers; `span` is when access would be had. */
export function problemsUnder(policy: EligibilityPolicy, ask: Ask, span: Span, limits: Limits): Reason[] {
  return [...aboutDuration(policy, ask, limits), ...aboutBreakGlass(policy, ask, limits), ...aboutWords(policy, ask), ...aboutTimes(policy, ask, span)];
}

function* aboutDuration({ policyId, maximumDurationMinutes = 0 }: EligibilityPolicy, { durationMinutes }: Ask, limits: Limits): Generator<Reason> {
  const maximum = Math.min(maximumDurationMinutes, limits.maximumDurationMinutes);
  if (durationMinutes <= maximum) return;
  const under = `under policy "${policyId}" and the global limit of ${limits.maximumDurationMinutes}`;
  yield { code: 'ERR_DURATION_TOO_LONG', message: `${durationMinutes} minutes asked, at most ${maximum} allowed ${under}` };
}

function* aboutBreakGlass({ policyId, breakGlass }: EligibilityPolicy, ask: Ask, { breakGlassMaximumMinutes = usualBreakGlassMinutes }: Limits): Generator<Reason> {
  if (!ask.breakGlass) return;
  if (breakGlass !== 'allowed') yield { code: 'ERR_BREAK_GLASS_FORBIDDEN', message: `policy "${policyId}" does not allow break glass` };
  if (ask.durationMinutes > breakGlassMaximumMinutes) {
    yield { code: 'ERR_BREAK_GLASS_TOO_LONG', message: `break glass lasts at most ${breakGlassMaximumMinutes} minutes, ${ask.durationMinutes} asked` };
  }
}

function* aboutWords(policy: EligibilityPolicy, { ticketId, justification = '' }: Ask): Generator<Reason> {
  const { policyId, ticket, ticketPattern, justificationMinimumCharacters: least = policy.justification === 'required' ? 1 : 0 } = policy;
  if (ticketId === undefined) {
    if (ticket === 'required') yield { code: 'ERR_TICKET_MISSING', message: `policy "${policyId}" asks for a ticket` };
  } else if (ticketPattern !== undefined && !matches(ticketPattern, ticketId)) {
    yield { code: 'ERR_TICKET_WRONG', message: `policy "${policyId}" asks for a ticket like ${ticketPattern}` };
  }
  const said = [...justification.trim()].length;
  if (said < least) {
    const wanted = least === 1 ? 'a justification' : `a justification of at least ${least} characters`;
    yield { code: said === 0 ? 'ERR_JUSTIFICATION_MISSING' : 'ERR_JUSTIFICATION_TOO_SHORT', message: `policy "${policyId}" asks for ${wanted}` };
  }
}

function* aboutTimes(policy: EligibilityPolicy, { askedAt, startsAt }: Ask, span: Span): Generator<Reason> {
  const { policyId, startNoEarlierThanMinutes, startNoLaterThanDays, timeWindows, validFrom, validUntil } = policy;
  if (startNoEarlierThanMinutes !== undefined && startsAt < askedAt + startNoEarlierThanMinutes * minuteMs) {
    yield { code: 'ERR_START_TOO_EARLY', message: `policy "${policyId}" takes a start at least ${startNoEarlierThanMinutes} minutes after asking` };
  }
  if (startNoLaterThanDays !== undefined && startsAt > askedAt + startNoLaterThanDays * dayMs) {
    yield { code: 'ERR_START_TOO_LATE', message: `policy "${policyId}" takes a start at most ${startNoLaterThanDays} days ahead` };
  }
  if (timeWindows !== undefined && !liesWithin(timeWindows, span)) {
    const hours = timeWindows.slice(0, 3).map(({ days, from, to, timeZone }) => `${days.join(', ')} ${from} to ${to} ${timeZone}`);
    yield { code: 'ERR_OUTSIDE_HOURS', message: `policy "${policyId}" allows access only within ${hours.join('; ')}`.slice(0, 500) };
  }
  if (validFrom !== undefined && span.from < Date.parse(validFrom)) {
    yield { code: 'ERR_POLICY_NOT_YET_VALID', message: `policy "${policyId}" holds from ${validFrom} on` };
  }
  if (validUntil !== undefined && span.to > Date.parse(validUntil)) {
    yield { code: 'ERR_POLICY_NO_LONGER_VALID', message: `policy "${policyId}" holds until ${validUntil}, and access would end later` };
  }
}

/** Whether a pattern, which was found safe and sound when the policy was laid down, matches the whole of a text. */
const matches = (pattern: string, text: string): boolean => new RegExp(`^(?:${pattern})$`, 'u').test(text);
