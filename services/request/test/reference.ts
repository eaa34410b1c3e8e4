import type { Ask, Tags } from '../src/domain/ask.ts';
import type { KnownPerson } from '../src/domain/people.ts';
import type { EligibilityPolicy, Limits, TagMatch, TimeWindow } from '../src/domain/policy.ts';

// The rules of eligibility once more, one after the other, without regard to speed, and sharing no line with what decides.

/** The policy under which somebody may have what they ask for; undefined where none allows it, or one denies it. */
export function policyByRules(who: KnownPerson, what: Ask, all: readonly EligibilityPolicy[], limits: Limits): EligibilityPolicy | undefined {
  let best: EligibilityPolicy | undefined;
  for (const policy of all) {
    if (!isAbout(policy, who, what)) continue;
    if (policy.effect === 'deny') {
      if (deniesNow(policy, what)) return undefined;
      continue;
    }
    if (!itsRulesHold(policy, what, limits)) continue;
    if (best === undefined || better(policy, best)) best = policy;
  }
  return best;
}

/** Whether a person would rather have the first. */
export function better(a: EligibilityPolicy, b: EligibilityPolicy): boolean {
  if (a.approval !== b.approval) return a.approval === 'not-required';
  const [long, other] = [Number(a.maximumDurationMinutes), Number(b.maximumDurationMinutes)];
  if (long !== other) return long > other;
  return a.policyId < b.policyId;
}

function isAbout({ principals, targets, permissionSetArns, permissionSetTags }: EligibilityPolicy, who: KnownPerson, what: Ask): boolean {
  let person = false;
  for (const id of principals.userIds) if (id.toLowerCase() === who.userId.toLowerCase()) person = true;
  for (const id of principals.groupIds) for (const group of who.groupIds) if (id.toLowerCase() === group.toLowerCase()) person = true;
  let place = tagged(what.accountTags, targets.accountTags);
  for (const id of targets.accountIds) if (id === what.accountId) place = true;
  for (const unit of what.ouPath) if (targets.organizationalUnitIds.indexOf(unit) >= 0) place = true;
  const thing = permissionSetArns.indexOf(what.permissionSetArn) >= 0 || tagged(what.permissionSetTags, permissionSetTags);
  return person && place && thing;
}

function tagged(tags: Tags, wanted: readonly TagMatch[] | undefined): boolean {
  for (const { key, values } of wanted ?? []) {
    for (const [name, value] of Object.entries(tags)) {
      if (name !== key) continue;
      if (values === undefined) return true;
      for (const one of values) if (one === value) return true;
    }
  }
  return false;
}

function itsRulesHold(policy: EligibilityPolicy, what: Ask, limits: Limits): boolean {
  const minute = 60_000;
  const end = what.startsAt + what.durationMinutes * minute;
  if (what.durationMinutes > Number(policy.maximumDurationMinutes)) return false;
  if (what.durationMinutes > limits.maximumDurationMinutes) return false;
  if (what.breakGlass && policy.breakGlass !== 'allowed') return false;
  if (what.breakGlass && what.durationMinutes > (limits.breakGlassMaximumMinutes ?? 60)) return false;
  if (what.ticketId === undefined && policy.ticket === 'required') return false;
  if (what.ticketId !== undefined && policy.ticketPattern !== undefined) {
    const found = what.ticketId.match(new RegExp(policy.ticketPattern, 'u'));
    if (found === null || found[0] !== what.ticketId) return false;
  }
  const words = (what.justification ?? '').trim();
  if (policy.justification === 'required' && words === '') return false;
  if (policy.justificationMinimumCharacters !== undefined && words.length < policy.justificationMinimumCharacters) return false;
  if (policy.startNoEarlierThanMinutes !== undefined && what.startsAt - what.askedAt < policy.startNoEarlierThanMinutes * minute) return false;
  if (policy.startNoLaterThanDays !== undefined && what.startsAt - what.askedAt > policy.startNoLaterThanDays * 1_440 * minute) return false;
  if (policy.validFrom !== undefined && what.startsAt < Date.parse(policy.validFrom)) return false;
  if (policy.validUntil !== undefined && end > Date.parse(policy.validUntil)) return false;
  if (policy.timeWindows !== undefined) {
    let inside = false;
    for (const zone of new Set(policy.timeWindows.map(({ timeZone }) => timeZone))) {
      const ofZone = policy.timeWindows.filter(({ timeZone }) => timeZone === zone);
      let every = true;
      for (let at = what.startsAt; at < end; at += minute) if (!ofZone.some((window) => isOpen(window, at))) every = false;
      if (every) inside = true;
    }
    if (!inside) return false;
  }
  return true;
}

function deniesNow({ validFrom, validUntil, timeWindows }: EligibilityPolicy, what: Ask): boolean {
  const minute = 60_000;
  const end = what.startsAt + what.durationMinutes * minute;
  if (validFrom !== undefined && end <= Date.parse(validFrom)) return false;
  if (validUntil !== undefined && what.startsAt >= Date.parse(validUntil)) return false;
  if (timeWindows === undefined) return true;
  for (let at = what.startsAt; at < end; at += minute) if (timeWindows.some((window) => isOpen(window, at))) return true;
  return false;
}

const shown = new Map<string, { readonly today: string; readonly yesterday: string; readonly time: string }>();

/** Whether a window is open at a minute: looked up as a person would, on a calendar and a clock. */
function isOpen({ days, from, to, timeZone }: TimeWindow, at: number): boolean {
  const key = `${timeZone} ${at}`;
  const clock = shown.get(key) ?? {
    today: new Date(at).toLocaleDateString('en-US', { timeZone, weekday: 'long' }).toLowerCase(),
    yesterday: '',
    time: new Date(at).toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }),
  };
  const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const seen = { ...clock, yesterday: String(week[(week.indexOf(clock.today) + 6) % 7]) };
  shown.set(key, seen);
  const has = (day: string): boolean => days.some((one) => one === day);
  if (to > from) return has(seen.today) && seen.time >= from && seen.time < to;
  return (has(seen.today) && seen.time >= from) || (has(seen.yesterday) && seen.time < to);
}
