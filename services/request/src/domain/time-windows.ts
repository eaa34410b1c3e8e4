import type { Day, TimeWindow } from './policy.ts';

const days: readonly Day[] = ['thursday', 'friday', 'saturday', 'sunday', 'monday', 'tuesday', 'wednesday'];
const dayMinutes = 24 * 60;
const dayMs = dayMinutes * 60_000;

/** A span of time, `from` to `to`: milliseconds since the epoch, or minutes on the clocks of a zone since its 1 January 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether a span lies whole within windows. Those of one zone may follow on each other: two full days are two days. */
export function liesWithin(windows: readonly TimeWindow[], span: Span): boolean {
  return [...Map.groupBy(windows, ({ timeZone }) => timeZone)].some(([timeZone, ofZone]) => {
    const stretches = onClocks(span, timeZone);
    return stretches.length > 0 && stretches.every((stretch) => isCovered(stretch, hoursAround(ofZone, stretch)));
  });
}

function isCovered({ from, to }: Span, hours: readonly Span[]): boolean {
  let covered = from;
  // In the order in which they begin, so that each goes on where those before have ended.
  for (const open of hours.toSorted((a, b) => a.from - b.from)) {
    if (open.from <= covered) covered = Math.max(covered, open.to);
  }
  return covered >= to;
}

/** Whether any of a span lies within windows. */
export function touches(windows: readonly TimeWindow[], span: Span): boolean {
  return windows.some((window) =>
    onClocks(span, window.timeZone).some((stretch) => hoursAround([window], stretch).some((open) => open.from < stretch.to && stretch.from < open.to)),
  );
}

/** The hours of these windows, which are of one zone, from the day before a span to its last day. */
function hoursAround(windows: readonly TimeWindow[], { from, to }: Span): Span[] {
  const hours: Span[] = [];
  for (let day = Math.floor(from / dayMinutes) - 1; day <= Math.floor(to / dayMinutes); day += 1) {
    for (const window of windows) {
      if (!window.days.includes(days[((day % 7) + 7) % 7] as Day)) continue;
      const [opens, closes] = [minutesOf(window.from), minutesOf(window.to)];
      hours.push({ from: day * dayMinutes + opens, to: (closes > opens ? day : day + 1) * dayMinutes + closes });
    }
  }
  return hours;
}

const minutesOf = (clock: string): number => 60 * Number(clock.slice(0, 2)) + Number(clock.slice(3));

/**
 * A span of moments on the clocks of a zone, in stretches within which they are put neither forward nor back: in the hour that comes twice,
 * what is open once is not open the other time.
 */
function onClocks({ from, to }: Span, timeZone: string): Span[] {
  const ahead = (ms: number): number => Math.round(clockMinutes(ms, timeZone) - ms / 60_000);
  const stretches: Span[] = [];
  for (let at = from; at < to; ) {
    const difference = ahead(at);
    let [same, end] = [at, Math.min(to, at + dayMs)];
    // Clocks are set at most once a day; when, is found by halves.
    if (ahead(end) === difference) same = end;
    while (end - same > 1) {
      const middle = Math.floor((same + end) / 2);
      if (ahead(middle) === difference) same = middle;
      else end = middle;
    }
    stretches.push({ from: at / 60_000 + difference, to: end / 60_000 + difference });
    at = end;
  }
  return stretches;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in a zone show at a moment, as minutes since their 1 January 1970. Throws a RangeError for a zone that does not exist. */
function clockMinutes(ms: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' });
  formats.set(timeZone, format);
  const shown: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000 + (((ms % 60_000) + 60_000) % 60_000) / 60_000;
}

/** Whether a zone is one of those that can be told the time in. */
export function isTimeZone(timeZone: string): boolean {
  try {
    clockMinutes(dayMs, timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
