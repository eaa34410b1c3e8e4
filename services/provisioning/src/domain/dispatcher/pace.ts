import { minuteMs, secondMs } from '../time.ts';

/** How long operations of one kind have taken of late (ms). */
export interface Usual {
  readonly quickest: number;
  readonly mean: number;
}

/** What is assumed before anything was seen. */
export const unseenUsual: Usual = { quickest: secondMs, mean: 4 * secondMs };

/** After one more was seen: the mean follows slowly; a quicker one counts at once, and is slowly forgotten. */
export function learned({ quickest, mean }: Usual, tookMs: number): Usual {
  return { quickest: tookMs < quickest ? tookMs : quickest + (tookMs - quickest) / 64, mean: mean + (tookMs - mean) / 8 };
}

/** The shortest time between two rounds of questions (ms): an answer alone takes about as long. */
const quickestRoundMs = 150;
/** AWS is asked at least so often about what is under way (ms). */
const slowestRoundMs = 5 * secondMs;

/**
 * How long until AWS is asked about an operation of this age (ms): not while hardly any would be done. Then each round where
 * others wait for its slot; otherwise so often that little of the usual time is lost, and less often as it ages.
 */
export function pollAfter(age: number, usual: Usual, roundMs: number, othersWait: boolean): number {
  const lossMs = (Math.max(usual.mean, age) - usual.quickest) / 8;
  return Math.max(earliestAge(usual) - age, roundMs, othersWait ? 0 : Math.min(slowestRoundMs, lossMs));
}

/**
 * Before this age (ms) nobody asks about an operation: half of what the quickest took. Whoever asked later would never see a quicker one
 * end, and learn from it that there is none.
 */
export const earliestAge = ({ quickest }: Usual): number => quickest / 2;

/** How long one round of so many questions must last (ms), so that questions take at most half of the calls: the rest begins work. */
export function roundAfter(questions: number, callsPerSecond: number): number {
  return Math.max(quickestRoundMs, (questions * 2 * secondMs) / callsPerSecond);
}

/** How long nobody calls AWS after it failed to answer so many times in a row (ms). */
export function pauseAfter(attempts: number): number {
  return Math.min(minuteMs, secondMs * 2 ** (attempts - 1));
}

/** How long until an assignment is tried again whose step failed for a reason of its own (ms). */
export const retryAfterFaultMs = 30 * secondMs;
/** How long an assignment is passed over on which there was nothing to do: the index was behind, or time has to bring something about (ms). */
export const passOverMs = 5 * secondMs;
