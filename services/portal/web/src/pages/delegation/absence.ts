/** When somebody is away, as they fill it in: days as `YYYY-MM-DD`, times as `hh:mm`, in the zone that times are shown in. */
export interface Absence {
  readonly delegate: string;
  readonly fromDate: string;
  readonly fromTime: string;
  readonly untilDate: string;
  readonly untilTime: string;
}

export const noAbsence: Absence = { delegate: '', fromDate: '', fromTime: '', untilDate: '', untilTime: '' };

/** As the approval service has it (days). */
export const LONGEST_DAYS = 90;
const DAY_MS = 86_400_000;

function moment(date: string, time: string, inUtc: boolean): number {
  return Date.parse(`${date}T${time}${inUtc ? 'Z' : ''}`);
}

type Missing = 'delegate' | 'from' | 'until';

/** What is sent, or what is wrong with it, field by field. Without a first day, it begins `now` (ms); without times, it is whole days. */
export function delegationOf(absence: Absence, inUtc: boolean, now: number): { readonly delegation: { delegate: string; from: string; until: string } } | { readonly wrong: Partial<Record<Missing, string>> } {
  const delegate = absence.delegate.trim();
  const from = absence.fromDate === '' ? now : moment(absence.fromDate, absence.fromTime === '' ? '00:00' : absence.fromTime, inUtc);
  const until = moment(absence.untilDate, absence.untilTime === '' ? '24:00' : absence.untilTime, inUtc);
  const wrong: Partial<Record<Missing, string>> = {
    ...(delegate === '' ? { delegate: 'Say who decides for you.' } : {}),
    ...(Number.isNaN(from) ? { from: 'Say from when: a day, and a time as 09:30.' } : {}),
    ...(Number.isNaN(until) ? { until: 'Say until when: a day, and a time as 09:30.' } : until <= Math.max(from, now) ? { until: 'It ends after it begins, and after now.' } : until - from > LONGEST_DAYS * DAY_MS ? { until: `At most ${LONGEST_DAYS} days at a time.` } : {}),
  };
  if (Object.keys(wrong).length > 0) return { wrong };
  return { delegation: { delegate, from: new Date(from).toISOString(), until: new Date(until).toISOString() } };
}
