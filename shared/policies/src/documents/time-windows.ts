import { timeWindow, type TimeWindow } from '@team/contracts';
import * as z from 'zod';

type Day = TimeWindow['days'][number];

const everyDay: readonly Day[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const weekdays = everyDay.slice(0, 5);
const capitalized = everyDay.map((day) => `${day.charAt(0).toUpperCase()}${day.slice(1)}`);

const dayName = z.enum([...everyDay, ...capitalized], 'is no day: monday to sunday');
const clock = (time: RegExp, example: string) => z.string({ error: 'is no time; write hours and minutes' }).regex(time, `is no time like ${example}`);

/** When access may be had: days, hours and the clock they are read from. */
export const timeWindowDocument = z
  .strictObject({
    days: z
      .union([z.enum(['weekdays', 'every-day']), z.array(dayName).min(1).max(7)], {
        error: ({ input }) => (Array.isArray(input) ? 'is no list of days: monday to sunday' : 'is neither weekdays nor every-day nor a list of days'),
      })
      .describe('weekdays (monday to friday), every-day, or a list of days.'),
    from: clock(/^(?:[01]\d|2[0-3]):[0-5]\d$/, '08:00').describe('First minute, on the clock of timeZone.'),
    to: clock(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, '18:00 or 24:00').describe('End; on the next day where it is not later than from.'),
    timeZone: timeWindow.shape.timeZone.refine(isTimeZone, 'is no time zone like Europe/Berlin or UTC').describe('Name of the IANA time zone database.'),
  })
  .meta({ id: 'TimeWindow' });
export type TimeWindowDocument = z.infer<typeof timeWindowDocument>;

/** What Intl knows, but by name: an offset like +02:00 knows no summer. */
function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** As contracts have it: each day once, in the order written. */
export function toTimeWindow({ days, ...rest }: TimeWindowDocument): TimeWindow {
  return { days: days === 'weekdays' ? weekdays.slice() : days === 'every-day' ? everyDay.slice() : eachOnce(days), ...rest };
}

/** As people write it, so that it reads back as it was. */
export function fromTimeWindow({ days, ...rest }: TimeWindow): TimeWindowDocument {
  const same = (others: readonly Day[]): boolean => days.join() === others.join();
  return { days: same(weekdays) ? 'weekdays' : same(everyDay) ? 'every-day' : days, ...rest };
}

const eachOnce = (days: readonly string[]): Day[] => {
  const written = new Set(days.map((day) => day.toLowerCase()));
  return [...written].flatMap((day) => everyDay.filter((one) => one === day));
};
